#pragma once
// Long arrays with a row for each path: in memory, or on a disk where there is not enough of it.

#include <cstddef>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace hedgerow {

/// The disk does not take what memory is spared.
class SpillFailed : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// While it lives, Rows of `spilled_from` bytes or more that are made lie in files of a folder. The files
/// have no name, so that nothing is left behind however the program ends, and their size is taken from the
/// disk at once, so that a full disk is noticed here and not when a row is written. Of an empty folder:
/// nothing changes. One at a time.
class Spill {
 public:
  static constexpr std::size_t spilled_from = std::size_t{1} << 20;

  explicit Spill(std::string folder);
  ~Spill();
  Spill(const Spill&) = delete;
  Spill& operator=(const Spill&) = delete;
};

namespace detail {
/// Throws SpillFailed, naming the folder and why, and std::bad_alloc.
void* allocate_rows(std::size_t bytes);
void free_rows(void* rows, std::size_t bytes) noexcept;
}  // namespace detail

template <class T>
class RowAllocator {
 public:
  using value_type = T;
  RowAllocator() = default;
  template <class Other>
  RowAllocator(const RowAllocator<Other>&) {}
  T* allocate(std::size_t count) {
    if (count > static_cast<std::size_t>(-1) / sizeof(T)) throw std::bad_array_new_length();
    return static_cast<T*>(detail::allocate_rows(count * sizeof(T)));
  }
  /// Rows that are made without a value have none until they are written: their memory is not touched before.
  template <class U>
  void construct(U* row) {
    ::new (static_cast<void*>(row)) U;
  }
  template <class U, class... Values>
  void construct(U* row, Values&&... values) {
    ::new (static_cast<void*>(row)) U(std::forward<Values>(values)...);
  }
  void deallocate(T* rows, std::size_t count) noexcept { detail::free_rows(rows, count * sizeof(T)); }
  friend bool operator==(const RowAllocator&, const RowAllocator&) { return true; }
};

template <class T>
using Rows = std::vector<T, RowAllocator<T>>;

}  // namespace hedgerow
