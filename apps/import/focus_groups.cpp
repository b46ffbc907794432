#include "apps/import/focus_groups.hpp"

#include <algorithm>
#include <utility>

namespace hedgerow::intake {
namespace {

constexpr char separator = '\x1f';

void write_key(const SpendPlace& place, std::string& text) {
  text.clear();
  for (const std::string_view part :
       {place.currency, place.provider, place.host, place.region, place.category, place.workload}) {
    text += part;
    text += separator;
  }
  text += std::to_string(place.month);
}

SpendKey key_of(const SpendPlace& place) {
  return {std::string(place.currency),
          std::string(place.provider),
          std::string(place.host),
          std::string(place.region),
          std::string(place.category),
          std::string(place.workload),
          place.month};
}

}  // namespace

Costs* SpendGroups::find_or_add(const SpendPlace& place, std::size_t most) {
  write_key(place, text_);
  if (const auto found = groups_.find(std::string_view(text_)); found != groups_.end())
    return &found->second.costs;
  if (groups_.size() >= most) return nullptr;
  return &groups_.emplace(text_, SpendGroup{key_of(place), {}}).first->second.costs;
}

Costs* SpendGroups::find(const SpendPlace& place) {
  if (Costs* const costs = find_or_add(place, most_)) return costs;
  ++folded_rows_;
  const SpendPlace joined{place.currency, place.provider, joined_name, joined_name,
                          joined_name,    joined_name,    place.month};
  return find_or_add(joined, 2 * most_);
}

std::vector<SpendGroup> SpendGroups::take() {
  std::vector<SpendGroup> all;
  all.reserve(groups_.size());
  for (auto& [text, group] : groups_) all.push_back(std::move(group));
  groups_.clear();
  std::sort(all.begin(), all.end(), [](const SpendGroup& a, const SpendGroup& b) { return a.key < b.key; });
  return all;
}

}  // namespace hedgerow::intake
