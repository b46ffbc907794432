#pragma once
// Closed lists of the Register of Information under DORA (Implementing Regulation (EU) 2024/2956; codes of
// the EBA's taxonomy DORA 4.0).

#include <optional>
#include <span>
#include <string_view>

namespace hedgerow::intake {

/// A code and what it says.
struct Term {
  std::string_view code;  ///< as in "eba_ZZ:x960"
  std::string_view words;
};
using ClosedList = std::span<const Term>;

/// A position in its closed list.
using Code = std::optional<std::size_t>;

namespace dora {

enum Answer : std::size_t { yes, no, not_assessed };
ClosedList answers();

enum Substitutability : std::size_t { not_substitutable, highly_complex, medium_complexity, easily };
ClosedList substitutability();
ClosedList not_substitutable_reasons();

enum Reliance : std::size_t { not_significant, low_reliance, material_reliance, full_reliance };
ClosedList reliance();

enum Impact : std::size_t { low_impact, medium_impact, high_impact, impact_not_assessed };
ClosedList impact();

enum Reintegration : std::size_t { easy, difficult, highly_complex_reintegration };
ClosedList reintegration();

enum Arrangement : std::size_t { standalone, overarching, subsequent };
ClosedList arrangements();

/// S01 to S19.
ClosedList services();

}  // namespace dora

/// The words of a code; "not told" for none.
std::string_view words_of(ClosedList list, Code code);

/// Whether a country, two capital letters, is in the European Economic Area.
bool is_in_eea(std::string_view country);

}  // namespace hedgerow::intake
