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

}  // namespace hedgerow::models
