#pragma once
// Numbers on their way elsewhere and back: to a file, to another process. What is carried is said once, in a
// static `fields(self, visit)` of its type, for both directions.

#include <cstdint>
#include <span>
#include <type_traits>

namespace hedgerow {

/// Takes numbers of eight bytes each, in an order that their reader knows.
class NumberWriter {
 public:
  virtual ~NumberWriter() = default;
  virtual void pass(std::span<const double> values) = 0;
  virtual void pass(std::span<const std::uint64_t> values) = 0;
};

/// Hands the numbers out again.
class NumberReader {
 public:
  virtual ~NumberReader() = default;
  /// Fills `values`; throws where there are fewer numbers left.
  virtual void pass(std::span<double> values) = 0;
  virtual void pass(std::span<std::uint64_t> values) = 0;
};

/// Passes objects of a shape that both ends know: how many elements a container has is not carried.
template <class Numbers>
class Passage {
 public:
  explicit Passage(Numbers& numbers) : numbers_(numbers) {}

  template <class... Parts>
  void operator()(Parts&... parts) {
    (pass(parts), ...);
  }

 private:
  template <class T>
  static constexpr bool is_number = std::is_same_v<T, double> || std::is_same_v<T, std::uint64_t>;

  template <class Part>
  void pass(Part& part) {
    using Plain = std::remove_const_t<Part>;
    if constexpr (is_number<Plain>) {
      numbers_.pass(std::span(&part, 1));
    } else if constexpr (std::is_integral_v<Plain> || std::is_enum_v<Plain>) {
      auto word = static_cast<std::uint64_t>(part);
      numbers_.pass(std::span(&word, 1));
      if constexpr (!std::is_const_v<Part>) part = static_cast<Plain>(word);
    } else if constexpr (requires { part.begin(); }) {
      if constexpr (is_number<typename Plain::value_type>)
        numbers_.pass(std::span(part));
      else
        for (auto& element : part) pass(element);
    } else {
      Plain::fields(part, *this);
    }
  }

  Numbers& numbers_;
};

template <class... Parts>
void write_numbers(NumberWriter& to, const Parts&... parts) {
  Passage<NumberWriter> passage(to);
  passage(parts...);
}

template <class... Parts>
void read_numbers(NumberReader& from, Parts&... parts) {
  Passage<NumberReader> passage(from);
  passage(parts...);
}

}  // namespace hedgerow
