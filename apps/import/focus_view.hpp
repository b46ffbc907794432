#pragma once
// A bill seen from one side: by provider, host, region, service category, workload or month.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apps/import/focus_bill.hpp"
#include "engine/measure/concentration.hpp"

namespace hedgerow::intake {

enum class SpendBy { provider, host, region, category, workload, month };

/// One line of a table, and what it is called: a region with its provider in front.
struct SpendLine {
  std::string name;
  Costs costs;
};

/// The lines of one currency, the largest effective cost first, then billed; months in their order.
std::vector<SpendLine> spend_by(const Bill& bill, std::string_view currency, SpendBy side);

Costs total(const Bill& bill, std::string_view currency);

/// Of the effective costs; nothing if none is positive.
std::optional<measure::Concentration> concentration_of(const std::vector<SpendLine>& lines);

/// What stands for a name that is empty: "(no region)".
std::string shown_name(std::string_view name, std::string_view what);

/// Usage covered by commitments over all that was committed, by effective cost; nothing where that is 0.
std::optional<double> utilisation(const CommitmentUse& use);

/// Part of the commitment's period that lies within `period`, 0 to 1.
double part_within(const ContractUse& use, const Period& period);

/// What the usage covers; the whole billing months where no row says it.
Period covered(const Bill& bill);

}  // namespace hedgerow::intake
