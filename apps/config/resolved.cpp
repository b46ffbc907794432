#include "apps/config/resolved.hpp"

#include <algorithm>

namespace hedgerow::config {

std::string_view name_of(Origin origin) {
  switch (origin) {
    case Origin::configured:
      return "configured";
    case Origin::fitted:
      return "fitted";
    case Origin::anchored:
      return "anchored";
    case Origin::assumed:
      return "assumed";
    case Origin::neutral:
      break;
  }
  return "neutral";
}

Origin origin_of_configured(std::string_view path, std::string_view source) {
  const bool is_fitted =
      source.starts_with("hedgerow fit ") || path.find(".posterior.") != std::string_view::npos;
  return is_fitted ? Origin::fitted : Origin::configured;
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
