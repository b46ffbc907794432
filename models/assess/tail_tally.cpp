#include "models/assess/tail_tally.hpp"

#include <algorithm>
#include <optional>

namespace hedgerow::models {
namespace {

/// The lowest level that is kept; nothing if none is.
std::optional<double> lowest_kept(const OutputSettings& outputs) {
  if (!outputs.tell(Detail::stand_alone)) return std::nullopt;
  for (const double level : outputs.expected_shortfall)
    if (level >= TailTally::lowest_level) return level;
  return std::nullopt;
}

std::size_t columns_of(std::size_t providers) { return (component_count + 2) * providers; }

}  // namespace

TailTally::TailTally(std::size_t providers, std::uint64_t paths, const OutputSettings& outputs)
    : providers_(providers) {
  const auto lowest = lowest_kept(outputs);
  if (!lowest) return;
  const measure::LargestValues none(measure::largest_needed(paths, *lowest));
  cells_.assign(component_count * providers, none);
  alone_.assign(providers, none);
  without_.assign(providers, none);
}

void TailTally::add(const Ledger& ledger) {
  ++paths_;
  if (cells_.empty()) return;
  const double total = ledger.total().present;
  for (std::size_t p = 0; p < providers_; ++p) {
    double here = 0.0;
    for (std::size_t c = 0; c < component_count; ++c) {
      const double amount = ledger.sum(all_components[c], ProviderId(p)).present;
      cells_[c * providers_ + p].add(amount);
      here += amount;
    }
    alone_[p].add(here);
    without_[p].add(total - here);
  }
}

void TailTally::merge(const TailTally& other) {
  paths_ += other.paths_;
  for (std::size_t i = 0; i < cells_.size(); ++i) cells_[i].merge(other.cells_[i]);
  for (std::size_t p = 0; p < alone_.size(); ++p) {
    alone_[p].merge(other.alone_[p]);
    without_[p].merge(other.without_[p]);
  }
}

void TailTally::write(NumberWriter& to) const {
  write_numbers(to, paths_);
  for (const auto* all : {&cells_, &alone_, &without_})
    for (const measure::LargestValues& values : *all) values.write(to);
}

void TailTally::read(NumberReader& from) {
  read_numbers(from, paths_);
  for (auto* all : {&cells_, &alone_, &without_})
    for (measure::LargestValues& values : *all) values.read(from);
}

bool TailTally::keeps(double level) const { return !cells_.empty() && level >= lowest_level; }

measure::Estimate TailTally::shortfall(const measure::LargestValues& values, double level) const {
  return measure::shortfall_of_largest(values.values(), paths_, level);
}

measure::Estimate TailTally::of_cell(Component component, ProviderId provider, double level) const {
  return shortfall(cells_[static_cast<std::size_t>(component) * providers_ + provider.value], level);
}

measure::Estimate TailTally::of_provider(ProviderId provider, double level) const {
  return shortfall(alone_[provider.value], level);
}

measure::Estimate TailTally::without_provider(ProviderId provider, double level) const {
  return shortfall(without_[provider.value], level);
}

double TailTally::width(std::size_t providers) {
  return static_cast<double>(sizeof(double) * columns_of(providers));
}

double TailTally::bytes(std::size_t providers, std::uint64_t paths, const OutputSettings& outputs) {
  const auto lowest = lowest_kept(outputs);
  if (!lowest) return 0.0;
  const double kept = 2.0 * static_cast<double>(measure::largest_needed(paths, *lowest)) * sizeof(double);
  return kept * static_cast<double>(columns_of(providers));
}

}  // namespace hedgerow::models
