#pragma once
// The kinds of numbers in a config and how each may be written. A number with a dimension needs its
// unit; zero needs none. `¤` in a spelling stands for the currency of the document.

#include <span>
#include <string>
#include <string_view>

namespace hedgerow::config {

enum class Unit {
  pure,            ///< counts, logs, exponents: no unit
  fraction,        ///< 15% or 0.15
  per_year,        ///< [1/yr]
  hours,           ///< [h]
  years,           ///< [yr]
  months,          ///< [month]
  bare_years,      ///< [yr], the unit may be left out
  capacity,        ///< [units]
  price,           ///< [¤/unit-hour]
  money_per_hour,  ///< [¤/h]
  money_per_year,  ///< [¤/yr]
  money,           ///< [¤]
  money_per_unit,  ///< [¤/unit]
  money_per_tb,    ///< [¤/TB]
  data,            ///< [TB], 1000 GB each
  units_per_year,  ///< [units/yr]
};

/// One way to write a unit. Values are multiplied by `times` and divided by `over`.
struct UnitSpelling {
  std::string_view text;
  double times = 1.0, over = 1.0;
};

struct UnitRule {
  std::string_view name;                    ///< "a rate", for messages
  std::span<const UnitSpelling> spellings;  ///< the first is the canonical one
  bool may_be_bare;                         ///< a number without any unit is allowed
  std::string_view example;                 ///< "3/yr, 0.1/mo"
};

const UnitRule& rule_of(Unit unit);

/// Three capital letters.
bool is_currency(std::string_view text);

/// "¤/h" as "USD/h".
std::string with_currency(std::string_view spelling, std::string_view currency);

/// Value and unit as they may be written in a config; reading the text gives the same bits again.
std::string text_of(double value, Unit unit, std::string_view currency);

}  // namespace hedgerow::config
