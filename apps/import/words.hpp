#pragma once
// What reports of imported data have in common.

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "apps/import/amount.hpp"
#include "apps/import/repairs.hpp"

namespace hedgerow::intake {

/// "1 234 567.89".
std::string money(Amount amount);

/// "86.8 %"; "?" for nothing.
std::string percent(std::optional<double> share);

/// One line a kind, `Mended   2 989  NULL as text taken as no value (first: FILE:2:1, RegionId `NULL`)`; that
/// nothing had to be mended is said as well.
std::string repairs_in_words(const std::vector<RepairCount>& repairs);
nlohmann::ordered_json repairs_as_json(const std::vector<RepairCount>& repairs);

/// JSON of `document` with what is no UTF-8 replaced, and a line break.
std::string dumped(const nlohmann::ordered_json& document);

}  // namespace hedgerow::intake
