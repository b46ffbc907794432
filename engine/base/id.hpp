#pragma once
// Strong indices: an id of one kind cannot index a vector of another.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "engine/base/check.hpp"

namespace hedgerow {

template <class Tag>
struct Id {
  std::uint32_t value = 0;
  constexpr Id() = default;
  constexpr explicit Id(std::size_t v) : value(static_cast<std::uint32_t>(v)) {}
  friend constexpr auto operator<=>(const Id&, const Id&) = default;
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.value);
  }
};

/// A vector indexed by one kind of Id only.
template <class Key, class T>
class IdVector {
 public:
  IdVector() = default;
  explicit IdVector(std::size_t size, const T& fill = T()) : items_(size, fill) {}
  explicit IdVector(std::vector<T> items) : items_(std::move(items)) {}

  T& operator[](Key key) {
    HEDGEROW_EXPECT(key.value < items_.size());
    return items_[key.value];
  }
  const T& operator[](Key key) const {
    HEDGEROW_EXPECT(key.value < items_.size());
    return items_[key.value];
  }
  Key push_back(T item) {
    items_.push_back(std::move(item));
    return Key(items_.size() - 1);
  }
  std::size_t size() const { return items_.size(); }
  bool empty() const { return items_.empty(); }
  void resize(std::size_t size) { items_.resize(size); }
  void assign(std::size_t size, const T& fill) { items_.assign(size, fill); }
  auto begin() { return items_.begin(); }
  auto end() { return items_.end(); }
  auto begin() const { return items_.begin(); }
  auto end() const { return items_.end(); }

  /// The valid keys, in order.
  std::vector<Key> keys() const {
    std::vector<Key> all;
    for (std::size_t i = 0; i < items_.size(); ++i) all.emplace_back(i);
    return all;
  }

 private:
  std::vector<T> items_;
};

}  // namespace hedgerow
