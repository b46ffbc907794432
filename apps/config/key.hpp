#pragma once
// How one key of a config is declared. Each input struct has one function template
// `describe(visitor, object)` that lists its keys in this vocabulary; a visitor fills the struct from
// a document (reader.hpp) or writes the published schema (schema.hpp). A visitor has:
//
//   number(key, member, need)            a number with a unit and a range
//   uncertain_number(key, member, posterior key, posterior)  a number that may have a posterior beside it
//   posterior(key, member)               a struct that may be absent; then nothing is recorded
//   optional_number(key, member, absent) the same; what an absent one means is shown, not stored
//   count(key, member)                   a whole number
//   months(key, member, reason)          whole months
//   either_months(key, other, member)    whole months under one of two keys
//   first_month / contract_month         a calendar month; the second counted from the first
//   text / currency / word / words / yes_no / version / levels
//   group_name(key, member, reason)      a name, by default that of the block
//   frailty_group(key, member, reason)   the same, for the default weights of the outages that follow
//   numbers(key, map, need)              numbers by name;  weights(key, map): frailty weights
//   number_or_map(key, member, fallback) one number, or numbers by name
//   amounts(key, list, reason)           one number or a list of them
//   pairs(key, second, list, need)       a list of pairs of numbers
//   table(key, map of maps, reason)      numbers by pair of names
//   block(key, member, need)             a struct; with a shorthand it may be a single value
//   optional_block(key, member, absent)  a struct that may be absent or `none`
//   group(key, declare)                  keys of the same struct one level deeper
//   named(key, container, need)          structs by name;  rest(container): under all other keys
//   by_name(key, map, reason)            structs by the name of something that is defined elsewhere
//   law(first, second, quantile, member) two parameters, or quantiles p50, p95, ... instead
//   one_of(key, variant, alternatives…)  exactly one of several structs
//   list(key, members)                   structs in a list, each with a `name` of its own
//   name(key, member)                    a name that must be given
//   measure(key, limit)                  the name of a number of the answer (measure_path.hpp)
//   bounds(upper, lower, limit)          one of two keys, in the unit of that number

#include <limits>
#include <string>
#include <string_view>

#include "apps/config/unit.hpp"

namespace hedgerow::config {

/// Values that are allowed, in the canonical unit of the key.
struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool low_open = false, high_open = false;

  constexpr bool contains(double x) const {
    return (low_open ? x > low : x >= low) && (high_open ? x < high : x <= high);
  }
};
constexpr Range between(double low, double high) { return {low, high, false, false}; }
constexpr Range inside(double low, double high) { return {low, high, true, true}; }
constexpr Range from_to_below(double low, double high) { return {low, high, false, true}; }
constexpr Range above_up_to(double low, double high) { return {low, high, true, false}; }

/// "must be between 0% and 100%", "must be above 0h and at most 876000h".
std::string range_text(const Range& range, Unit unit, std::string_view currency);

struct Key {
  std::string_view name;
  Unit unit = Unit::pure;
  Range range = {};
  std::string_view help;
  std::string_view shorthand = {};  ///< of a block: the key that a single value stands for
};

/// The key has no default.
struct Required {};
inline constexpr Required required{};

/// What an absent block means.
enum class Absent {
  is_none,      ///< the effect is not modelled
  is_defaults,  ///< the same as {}
};

/// A word of a config and what it stands for.
template <class T>
struct Word {
  std::string_view text;
  T meaning;
};

/// One form of a variant. `is_scalar`: a single value is this form as well.
template <class T>
struct Alternative {
  using type = T;
  std::string_view name;
  std::string_view help;
  bool is_scalar = false;
};

/// What stands behind the default of paths, seed, levels, currency and start.
inline constexpr const char* setting = "a setting that says nothing about the world";

/// Longest name of a provider, region, workload, strategy, dependency or factor [byte].
inline constexpr std::size_t longest_name = 100;

/// The version of the config format.
inline constexpr int format_version = 1;

}  // namespace hedgerow::config
