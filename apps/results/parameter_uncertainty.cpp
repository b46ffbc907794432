#include "apps/results/parameter_uncertainty.hpp"

#include <fmt/format.h>

#include "apps/results/format.hpp"
#include "apps/results/json_values.hpp"
#include "apps/results/sampling.hpp"

namespace hedgerow::results {

using namespace models;

std::string parameter_uncertainty_text(const Answers& answers) {
  std::string shares;
  for (std::size_t s = 0; s < answers.parameter_uncertainty.size(); ++s) {
    const measure::Estimate& share = answers.parameter_uncertainty[s].variance_share;
    shares += fmt::format("{}{} % ({})", shares.empty() ? "" : ", ",
                          with_error(100.0 * share.value, 100.0 * half_width(share).value_or(0.0), {}),
                          printable(answers.assessment.strategies[s].name));
  }
  if (shares.empty()) return "";
  return fmt::format(
      "Of the variance of the total cost the posteriors leave open: {}. More paths do not lessen that; a "
      "longer "
      "log does.\n",
      shares);
}

Json parameter_uncertainty_json(const ParameterUncertainty& of) {
  Json numbers = Json::array();
  for (const OpenNumber& open : of.numbers)
    numbers.push_back({{"output", output_name(open.number.measure, open.number.kind, open.number.level)},
                       {"sd", number(open.sd)}});
  return {{"groups", split_groups},
          {"paths_by_group", std::to_string(of.paths_by_group)},
          {"variance_share", estimate(of.variance_share)},
          {"numbers", std::move(numbers)}};
}

}  // namespace hedgerow::results
