#include "models/contract/commitment.hpp"

#include <algorithm>

namespace hedgerow::models {

namespace {

/// Calls visit(last month, amount > 0) for the shortfall of each contract year, given the gross bills by
/// month and the months [first, last) in which the commitment stands.
template <class Visit>
void for_each_shortfall(const Contract& contract, const std::vector<double>& gross, int first, int last,
                        Visit visit) {
  double credit = 0.0;
  for (int month = first; month < last;) {
    const int year = contract_year(contract, month);
    const int end = std::min(last, contract.start_month + (year + 1) * months_per_year);
    const auto terms = std::min(static_cast<std::size_t>(year), contract.commitment.size() - 1);
    const double due = contract.commitment[terms] * (end - month) / months_per_year;
    double spent = 0.0;
    for (; month < end; ++month) spent += gross[static_cast<std::size_t>(month)];
    if (due - spent - credit > 0.0) visit(end - 1, due - spent - credit);
    credit = contract.rollover.value * std::max(0.0, spent - due);
  }
}

}  // namespace

std::vector<Shortfall> commitment_shortfalls(const Contract& contract, const std::vector<double>& gross,
                                             int first, int last) {
  std::vector<Shortfall> all;
  for_each_shortfall(contract, gross, first, last, [&](int last_month, double amount) {
    all.push_back({last_month, amount});
  });
  return all;
}

int commitment_end(const Contract& contract, const Delivery& delivery, const Horizon& horizon) {
  if (delivery.notice_month >= horizon.months) return horizon.months;
  if (!comes_into_force(contract, delivery)) return 0;
  const int age = delivery.notice_month - contract.start_month;
  const int terms = (age + contract.term_months - 1) / contract.term_months;
  const int term_end = std::min(contract.start_month + terms * contract.term_months, horizon.months);
  return contract.release_on_vendor_termination ? std::min(delivery.cut_off_month, term_end) : term_end;
}

void charge_commitments(const Scenario& scenario, const Strategy& strategy, const Deliveries& deliveries,
                        const IdVector<ProviderId, ProviderBills>& bills,
                        const std::vector<double>& month_discount, Ledger& ledger, Journal* journal) {
  for (std::size_t p = 0; p < scenario.providers.size(); ++p) {
    const ProviderId id(p);
    const Contract& contract = strategy.contracts[id];
    if (contract.commitment.empty()) continue;
    const int first = std::max(contract.start_month, 0);
    const int last = commitment_end(contract, deliveries[id], scenario.horizon);
    for_each_shortfall(contract, bills[id].gross, first, last, [&](int last_month, double amount) {
      const double discount = month_discount[static_cast<std::size_t>(last_month + 1)];
      const Money money{amount, amount * discount};
      ledger.at(Component::commitment_shortfall, id,
                static_cast<std::size_t>(last_month / months_per_year)) += money;
      if (journal == nullptr) return;
      const double due = static_cast<double>(last_month + 1) / months_per_year;
      journal->entries.push_back({Component::commitment_shortfall, id, due, due, money});
    });
  }
}

}  // namespace hedgerow::models
