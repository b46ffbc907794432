#include "apps/import/amount.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace hedgerow::intake {
namespace {

constexpr WideInteger power_of_ten(int exponent) {
  WideInteger power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

constexpr WideInteger units_in_one = power_of_ten(Amount::decimals);
constexpr int most_integer_digits = 15;  // below largest_amount
constexpr int largest_exponent = 99;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string digits_of(WideInteger value) {
  std::string digits;
  do {
    digits += static_cast<char>('0' + static_cast<int>(value % 10));
    value /= 10;
  } while (value != 0);
  std::reverse(digits.begin(), digits.end());
  return digits;
}

/// Takes a whole number off the front of `text`; nothing where there is none or it is beyond 99.
std::optional<int> take_exponent(std::string_view& text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  int value = 0;
  for (; !text.empty() && is_digit(text.front()); text.remove_prefix(1)) {
    value = 10 * value + (text.front() - '0');
    if (value > largest_exponent) return std::nullopt;
  }
  return text.empty() ? std::optional(negative ? -value : value) : std::nullopt;
}

/// Digits without a point, and the power of ten of the last one.
struct Digits {
  std::string_view whole, fraction;
  int exponent = 0;

  std::size_t size() const { return whole.size() + fraction.size(); }
  int at(std::size_t i) const { return (i < whole.size() ? whole[i] : fraction[i - whole.size()]) - '0'; }
};

std::optional<Digits> split(std::string_view text) {
  const auto take = [&text] {
    const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
    const std::string_view digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(digits.size());
    return digits;
  };
  Digits digits;
  digits.whole = take();
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    digits.fraction = take();
  }
  if (digits.size() == 0) return std::nullopt;
  if (text.empty()) return digits;
  if (text.front() != 'e' && text.front() != 'E') return std::nullopt;
  text.remove_prefix(1);
  const std::optional<int> exponent = take_exponent(text);
  if (!exponent) return std::nullopt;
  digits.exponent = *exponent;
  return digits;
}

/// The multiples of 1e-18, rounded; nothing from 1e15 on.
std::optional<WideInteger> units_of(const Digits& digits) {
  const int point = static_cast<int>(digits.whole.size()) + digits.exponent;  // digits in front of it
  std::size_t first = 0;
  while (first < digits.size() && digits.at(first) == 0) ++first;
  if (first == digits.size()) return WideInteger{0};
  if (point - static_cast<int>(first) > most_integer_digits) return std::nullopt;
  const int kept = point + Amount::decimals;  // digits that are kept, counted from the first
  WideInteger units = 0;
  for (int i = static_cast<int>(first); i < kept; ++i)
    units = 10 * units + (i < static_cast<int>(digits.size()) ? digits.at(static_cast<std::size_t>(i)) : 0);
  const bool up = kept >= 0 && kept < static_cast<int>(digits.size()) && kept >= static_cast<int>(first) &&
                  digits.at(static_cast<std::size_t>(kept)) >= 5;
  return units + (up ? 1 : 0);
}

std::optional<Amount> read_number(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const std::optional<Digits> digits = split(text);
  const std::optional<WideInteger> units = digits ? units_of(*digits) : std::nullopt;
  if (!units) return std::nullopt;
  return Amount::of_units(negative ? -*units : *units);
}

void trim(std::string_view& text) {
  constexpr std::string_view no_break_space = "\u00a0";
  for (bool again = true; again;) {
    again = false;
    if (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1), again = true;
    if (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1), again = true;
    if (text.starts_with(no_break_space)) text.remove_prefix(no_break_space.size()), again = true;
    if (text.ends_with(no_break_space)) text.remove_suffix(no_break_space.size()), again = true;
  }
}

/// Takes a currency sign off either end.
void strip_sign_of_currency(std::string_view& text) {
  constexpr std::array<std::string_view, 4> signs{"$", "€", "£", "¥"};
  for (const std::string_view sign : signs) {
    if (text.starts_with(sign)) text.remove_prefix(sign.size());
    if (text.ends_with(sign)) text.remove_suffix(sign.size());
  }
  trim(text);
}

/// 10,100.00 without its commas; nothing unless they stand in front of three digits each.
std::optional<std::string> without_groups(std::string_view text) {
  const std::string_view whole = text.substr(0, text.find('.'));
  const std::size_t first = whole.find(',');
  if (first == std::string_view::npos) return std::string(text);
  if (first == 0 || first > 3 || (whole.size() - first) % 4 != 0) return std::nullopt;
  for (std::size_t i = 0; i < whole.size(); ++i)
    if ((whole[i] == ',') != (i >= first && (i - first) % 4 == 0)) return std::nullopt;
  std::string plain;
  std::copy_if(text.begin(), text.end(), std::back_inserter(plain), [](char c) { return c != ','; });
  return plain;
}

/// A minus, or the brackets of bookkeeping, taken off.
bool strip_minus(std::string_view& text) {
  const bool bracketed = text.size() > 2 && text.front() == '(' && text.back() == ')';
  const bool minus = text.starts_with('-');
  if (bracketed) text.remove_suffix(1);
  if (bracketed || minus) text.remove_prefix(1);
  trim(text);
  return bracketed || minus;
}

std::optional<Amount> read_as_people_write(std::string_view text) {
  trim(text);
  bool negative = strip_minus(text);
  strip_sign_of_currency(text);
  if (!negative) negative = strip_minus(text);
  const std::optional<std::string> plain = without_groups(text);
  if (!plain || plain->empty() || (!is_digit(plain->front()) && plain->front() != '.')) return std::nullopt;
  return read_number((negative ? "-" : "") + *plain);
}

}  // namespace

double Amount::value() const {
  return static_cast<double>(units_ / units_in_one) +
         static_cast<double>(units_ % units_in_one) / static_cast<double>(units_in_one);
}

std::string Amount::text(int shown) const {
  const WideInteger step = power_of_ten(decimals - shown);
  const WideInteger size = units_ < 0 ? -units_ : units_;
  const WideInteger rounded = (size + step / 2) / step;
  std::string digits = digits_of(rounded);
  const std::size_t least = static_cast<std::size_t>(shown) + 1;
  if (digits.size() < least) digits.insert(0, least - digits.size(), '0');
  if (shown > 0) digits.insert(digits.size() - static_cast<std::size_t>(shown), ".");
  return (units_ < 0 && rounded != 0 ? "-" : "") + digits;
}

std::string Amount::exact() const {
  std::string all = text(decimals);
  all.erase(all.find_last_not_of('0') + 1);
  if (all.ends_with('.')) all.pop_back();
  return all;
}

std::optional<ReadAmount> read_amount(std::string_view text) {
  if (const std::optional<Amount> plain = read_number(text)) return ReadAmount{*plain, false};
  if (const std::optional<Amount> amount = read_as_people_write(text)) return ReadAmount{*amount, true};
  return std::nullopt;
}

}  // namespace hedgerow::intake
