#pragma once
// What a rival or severed relation costs in roadmap and IP (docs/model/path.md, "Regimes").

#include "models/divergence/history.hpp"
#include "models/ledger/discounting.hpp"
#include "models/ledger/journal.hpp"
#include "models/ledger/ledger.hpp"

namespace hedgerow::models {

/// Charges c_R o_p per year while rival and c_X o_p per year while severed, integrated exactly over the
/// sojourns.
void charge_regimes(const Scenario& scenario, const RegimeHistory& regimes, const Discounting& discounting,
                    Ledger& ledger, Journal* journal = nullptr);

}  // namespace hedgerow::models
