#include "apps/config/measure_path.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "apps/config/quantity.hpp"
#include "apps/config/spelling.hpp"
#include "models/assess/assessment.hpp"

namespace hedgerow::config {
namespace {

using models::LimitedNumber;
using models::MeasureStatistic;

constexpr std::string_view cheaper = "probability_cheaper";
constexpr std::string_view concentration = "concentration";
constexpr std::string_view providers = "providers";
constexpr std::string_view severed = "severed_by_horizon";
constexpr std::string_view spend_index = "hhi_spend";
constexpr std::string_view risk_index = "hhi_risk";

std::vector<std::string_view> measures() {
  std::vector<std::string_view> names{models::MeasureName::total_cost, models::MeasureName::loss};
  names.insert(names.end(), models::component_names.begin(), models::component_names.end());
  return names;
}

/// 0.995 of "99_5" or "99.5".
double read_level(std::string_view text, std::string_view statistic) {
  const bool is_number =
      !text.empty() && text.find_first_not_of("0123456789._") == std::string_view::npos &&
      std::count_if(text.begin(), text.end(), [](char c) { return c == '.' || c == '_'; }) <= 1;
  std::string percent(text);
  std::replace(percent.begin(), percent.end(), '_', '.');
  try {
    const double level = is_number ? read_quantity(percent + "%", Unit::fraction, "") : 0.0;
    if (level > 0.0 && level < 1.0) return level;
  } catch (const BadQuantity&) {  // the complaint below says it all
  }
  throw BadMeasure(fmt::format("{} needs a level above 0 and below 100", statistic),
                   fmt::format("as in {}99 or {}99_5", statistic, statistic));
}

std::optional<MeasureStatistic> statistic_of(std::string_view measure, std::string_view text) {
  using Kind = MeasureStatistic::Kind;
  const std::string name(measure);
  if (text == "mean") return MeasureStatistic{name, Kind::mean, 0.0};
  if (text.starts_with("es_"))
    return MeasureStatistic{name, Kind::expected_shortfall, read_level(text.substr(3), "es_")};
  if (text.starts_with("p") && text.find_first_not_of("0123456789._", 1) == std::string_view::npos)
    return MeasureStatistic{name, Kind::percentile, read_level(text.substr(1), "p")};
  return std::nullopt;
}

MeasureStatistic read_statistic(std::string_view measure, std::string_view text) {
  if (const auto statistic = statistic_of(measure, text)) return *statistic;
  throw BadMeasure("no such statistic", fmt::format("known: {0}.mean, {0}.p99, {0}.es_99", measure));
}

LimitedNumber read_concentration(std::string_view text) {
  if (text == spend_index) return models::ConcentrationIndex::spend;
  if (text == risk_index) return models::ConcentrationIndex::risk;
  throw BadMeasure("no such index of concentration", suggestion(text, {spend_index, risk_index}));
}

LimitedNumber read_provider(std::string_view text) {
  const auto dot = text.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || text.substr(dot + 1) != severed)
    throw BadMeasure("no number of a provider", fmt::format("known: providers.NAME.{}", severed));
  return models::SeveredByHorizon{std::string(text.substr(0, dot))};
}

}  // namespace

LimitedNumber read_measure(std::string_view text) {
  if (text == cheaper) return models::ProbabilityCheaper{};
  const auto dot = text.find('.');
  const std::string_view first = text.substr(0, dot);
  const std::string_view rest = dot == std::string_view::npos ? "" : text.substr(dot + 1);
  if (first == concentration) return read_concentration(rest);
  if (first == providers) return read_provider(rest);
  std::vector<std::string_view> known = measures();
  if (std::find(known.begin(), known.end(), first) != known.end()) return read_statistic(first, rest);
  known.insert(known.end(), {cheaper, concentration, providers});
  throw BadMeasure("no such measure", suggestion(first, known));
}

std::string measure_pattern() {
  const std::string level = "[0-9]+([._][0-9]*)?|[._][0-9]+";
  return fmt::format("^(({})\\.(mean|(p|es_)({}))|{}|{}\\.({}|{})|{}\\..+\\.{})$", fmt::join(measures(), "|"),
                     level, cheaper, concentration, spend_index, risk_index, providers, severed);
}

Unit unit_of(const LimitedNumber& number) {
  return std::holds_alternative<MeasureStatistic>(number) ? Unit::money : Unit::fraction;
}

}  // namespace hedgerow::config
