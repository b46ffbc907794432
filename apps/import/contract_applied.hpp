#pragma once
// The column ContractApplied of FOCUS 1.3: which commitments of a contract a charge counts towards.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apps/import/amount.hpp"

namespace hedgerow::intake {

struct AppliedContract {
  std::string contract;    ///< ContractId, may be empty
  std::string commitment;  ///< ContractCommitmentId
  Amount cost;             ///< ContractCommitmentAppliedCost, to the last digit; 0 where there is none
};

/// Reads `{"Elements": [{"ContractId": …, "ContractCommitmentId": …, "ContractCommitmentAppliedCost": …}]}`.
/// Nothing where the text is no such JSON, or an element names no commitment.
std::optional<std::vector<AppliedContract>> read_contract_applied(std::string_view text);

}  // namespace hedgerow::intake
