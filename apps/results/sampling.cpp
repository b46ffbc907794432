#include "apps/results/sampling.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "apps/results/format.hpp"
#include "apps/results/json_values.hpp"

namespace hedgerow::results {
namespace {

using namespace models;

std::string_view name_of(Sampling sampling) { return sampling_names[static_cast<std::size_t>(sampling)]; }

std::string_view measure_name(MeasureIndex measure) {
  return measure == 0 ? MeasureName::total_cost : component_names[measure - 1];
}

std::string paths_of(std::uint64_t paths) { return counted(paths, "path", "paths"); }

/// What the mixture tells, by measure: from which level on, and what a path is worth there.
std::vector<std::string> told_by_all(const SamplingReport& of) {
  std::vector<std::string> lines;
  for (auto use = of.uses.begin(); use != of.uses.end();) {
    const auto end = std::find_if(use, of.uses.end(), [&](const MixtureUse& next) {
      return next.measure != use->measure || next.kind != use->kind;
    });
    const auto& lowest = *std::prev(end);  // the deepest level stands first
    lines.push_back(fmt::format("{} from {} on: a path is worth {:.2g} to {:.2g} plain ones",
                                measure_name(use->measure),
                                output_name("", use->kind, lowest.level).substr(1), lowest.gain, use->gain));
    use = end;
  }
  return lines;
}

std::string mixture_text(const SamplingReport& of) {
  std::string text = fmt::format(
      "  {} as they come, {} with more long outages and weights that make up for it; {} tried first\n",
      paths_of(of.nominal_paths), grouped(of.tilted_paths), grouped(of.pilot_paths));
  if (of.mean_weight)
    text += fmt::format("  weights: mean {:.4f} ± {:.4f} (1 is right), worth {} even ones\n",
                        of.mean_weight->value, 2.0 * of.mean_weight->standard_error.value_or(0.0),
                        grouped(static_cast<unsigned long long>(of.effective_paths.value_or(0.0))));
  text += "  told from all of them, and everything else from the paths as they come alone:\n";
  for (const std::string& line : told_by_all(of)) text += "    " + line + "\n";
  return text;
}

Json tilts(const SamplingReport& of) {
  Json all = Json::array();
  for (const TiltReport& tilt : of.tilts) {
    Json entities = Json::array();
    for (const EntityTilt& entity : tilt.entities) {
      Json bands = Json::array();
      for (std::size_t b = 0; b < band_count; ++b)
        bands.push_back(
            {{"from_hours", number(entity.from_hours[b])}, {"factor", number(entity.factors[b])}});
      entities.push_back({{"entity", entity.entity}, {"bands", std::move(bands)}});
    }
    all.push_back(
        {{"strategy", tilt.strategy}, {"measure", tilt.measure}, {"entities", std::move(entities)}});
  }
  return all;
}

Json weights(const SamplingReport& of) {
  if (!of.mean_weight) return nullptr;
  return {{"mean", estimate(*of.mean_weight)},
          {"effective_paths", number(of.effective_paths)},
          {"largest_share", number(of.largest_weight_share)}};
}

}  // namespace

std::string output_name(std::string_view measure, MeasureStatistic::Kind kind, double level) {
  const std::string percent = fmt::format("{:.10g}", 100.0 * level);
  switch (kind) {
    case MeasureStatistic::Kind::percentile:
      return fmt::format("{}.p{}", measure, percent);
    case MeasureStatistic::Kind::expected_shortfall:
      return fmt::format("{}.es_{}", measure, percent);
    case MeasureStatistic::Kind::mean:
      break;
  }
  return fmt::format("{}.mean", measure);
}

std::string sampling_text(const Assessment& assessment) {
  const SamplingReport& of = assessment.sampling;
  if (of.asked == Sampling::plain) return "";
  std::string text = fmt::format("Sampling: {}\n", name_of(of.used));
  if (!of.reason.empty()) text += fmt::format("  asked for {}: {}\n", name_of(of.asked), of.reason);
  if (of.used == Sampling::importance) return text + mixture_text(of);
  if (of.used == Sampling::sobol)
    return text + fmt::format("  {} in {} independent nets of {}, whose spread is the error\n",
                              paths_of(assessment.paths), of.replicates,
                              grouped(assessment.paths / of.replicates));
  return text;
}

nlohmann::ordered_json sampling_json(const SamplingReport& of) {
  Json uses = Json::array();
  for (const MixtureUse& use : of.uses)
    uses.push_back({{"output", output_name(measure_name(use.measure), use.kind, use.level)},
                    {"gain", number(use.gain)}});
  return {{"asked", name_of(of.asked)},
          {"used", name_of(of.used)},
          {"reason", of.reason},
          {"nominal_paths", std::to_string(of.nominal_paths)},
          {"tilted_paths", std::to_string(of.tilted_paths)},
          {"pilot_paths", std::to_string(of.pilot_paths)},
          {"replicates", of.replicates},
          {"weights", weights(of)},
          {"uses", std::move(uses)},
          {"tilts", tilts(of)}};
}

}  // namespace hedgerow::results
