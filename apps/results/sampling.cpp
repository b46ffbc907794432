#include "apps/results/sampling.hpp"

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

std::string mixture_text(const SamplingReport& of) {
  std::string text = fmt::format(
      "{} are nominal, {} have more long outages and weights that make up for it; {} were tried first.\n",
      paths_of(of.nominal_paths), grouped(of.tilted_paths), grouped(of.pilot_paths));
  if (of.mean_weight)
    text += fmt::format(
        "  Weights: mean {:.4f} ± {:.4f} (1 is right), worth {} even ones, the largest {:.2g} of all.\n",
        of.mean_weight->value, 2.0 * of.mean_weight->standard_error.value_or(0.0),
        grouped(static_cast<unsigned long long>(of.effective_paths.value_or(0.0))),
        of.largest_weight_share.value_or(0.0));
  text += "  Told from all of them:";
  for (const MixtureUse& use : of.uses)
    text += fmt::format(" {} (worth {:.2g} plain paths each),",
                        output_name(measure_name(use.measure), use.kind, use.level), use.gain);
  text.back() = ';';
  return text + " everything else from the nominal paths alone.\n";
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
  std::string text = fmt::format("Sampling: {}", name_of(of.used));
  if (!of.reason.empty()) text += fmt::format(", asked for {} ({})", name_of(of.asked), of.reason);
  text += ". ";
  if (of.used == Sampling::importance) return text + mixture_text(of);
  if (of.used == Sampling::sobol)
    return text + fmt::format("{} in {} independent nets of {}; their spread is the error.\n",
                              paths_of(assessment.paths), of.replicates,
                              grouped(assessment.paths / of.replicates));
  return text + "\n";
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
