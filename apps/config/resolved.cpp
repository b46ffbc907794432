#include "apps/config/resolved.hpp"

#include <algorithm>

namespace hedgerow::config {

std::string_view name_of(Origin origin) {
  switch (origin) {
    case Origin::configured:
      return "configured";
    case Origin::fitted:
      return "fitted";
    case Origin::own_assumption:
      return "own_assumption";
    case Origin::anchored:
      return "anchored";
    case Origin::assumed:
      return "assumed";
    case Origin::neutral:
      break;
  }
  return "neutral";
}

bool is_of_config(Origin origin) {
  return origin == Origin::configured || origin == Origin::fitted || origin == Origin::own_assumption;
}

Origin origin_of_configured(std::string_view path, std::string_view source) {
  const bool is_fitted =
      source.starts_with("hedgerow fit ") || path.find(".posterior.") != std::string_view::npos;
  if (is_fitted) return Origin::fitted;
  return source == "assumed" || source.starts_with("assumed:") ? Origin::own_assumption : Origin::configured;
}

Origin origin_of(models::DefaultKind kind) {
  switch (kind) {
    case models::DefaultKind::anchored:
      return Origin::anchored;
    case models::DefaultKind::assumed:
      return Origin::assumed;
    case models::DefaultKind::neutral:
      break;
  }
  return Origin::neutral;
}

std::string canonical_text(std::vector<ResolvedValue> values) {
  std::sort(values.begin(), values.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  std::string text;
  for (const auto& value : values) text += value.path + " = " + value.value + '\n';
  return text;
}

}  // namespace hedgerow::config
