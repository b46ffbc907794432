#pragma once
// Numbers in the published schema: as JSON numbers and as text with units.

#include <nlohmann/json.hpp>
#include <string>

#include "apps/config/key.hpp"

namespace hedgerow::config {

/// Regular expression (ECMA 262) of the texts that read_quantity takes for this unit; a minus sign is
/// left out where the range has no negative numbers.
std::string pattern_of(Unit unit, const Range& range);

/// Schema of one number: a JSON number where it needs no unit (or is 0), a text, or either of them
/// as `value` beside a `source`.
nlohmann::ordered_json number_schema(Unit unit, const Range& range);

/// The same for a whole number.
nlohmann::ordered_json count_schema(const Range& range);

/// A name for such a schema among the definitions, for example rate_0_to_12.
std::string number_name(Unit unit, const Range& range);

}  // namespace hedgerow::config
