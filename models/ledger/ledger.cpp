#include "models/ledger/ledger.hpp"

namespace hedgerow::models {

Money Ledger::sum(Component component, ProviderId provider) const {
  Money sum;
  for (std::size_t year = 0; year < years_; ++year) sum += at(component, provider, year);
  return sum;
}

Money Ledger::sum(Component component, std::size_t year) const {
  Money sum;
  for (std::size_t p = 0; p < providers_; ++p) sum += at(component, ProviderId(p), year);
  return sum;
}

Money Ledger::sum(Component component) const {
  Money total;
  for (std::size_t p = 0; p < providers_; ++p) total += sum(component, ProviderId(p));
  return total;
}

Money Ledger::total(std::size_t year) const {
  Money total;
  for (const Component component : all_components) total += sum(component, year);
  return total;
}

Money Ledger::total() const {
  Money total;
  for (const Component component : all_components) total += sum(component);
  return total;
}

void LedgerSums::add_up(const Ledger& ledger) {
  providers_ = ledger.providers();
  years_ = ledger.years();
  present_.assign(component_count * providers_, 0.0);
  nominal_.assign(component_count * years_, 0.0);
  nominal_by_year_.assign(years_, 0.0);
  all_present_ = 0.0;
  for (const Component component : all_components) {
    const auto c = static_cast<std::size_t>(component);
    double* const by_year = nominal_.data() + c * years_;
    double of_component = 0.0;
    for (std::size_t p = 0; p < providers_; ++p) {
      double here = 0.0;
      for (std::size_t y = 0; y < years_; ++y) {
        const Money& cell = ledger.at(component, ProviderId(p), y);
        here += cell.present;
        by_year[y] += cell.nominal;
      }
      present_[c * providers_ + p] = here;
      of_component += here;
    }
    present_by_component_[c] = of_component;
    all_present_ += of_component;
    for (std::size_t y = 0; y < years_; ++y) nominal_by_year_[y] += by_year[y];
  }
}

}  // namespace hedgerow::models
