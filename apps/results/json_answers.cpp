#include "apps/results/json_answers.hpp"

#include "apps/results/json_values.hpp"

namespace hedgerow::results {
namespace {

using namespace models;

Json tail_parts(const std::vector<TailPart>& of) {
  Json all = Json::array();
  for (const TailPart& part : of) all.push_back(at_level(part.level, part.value));
  return all;
}

Json cause_json(const CausePart& of) {
  return {{"cause", cause_names[static_cast<std::size_t>(of.cause)]},
          {"provider", of.provider.empty() ? Json(nullptr) : Json(of.provider)},
          {"mean", estimate(of.mean)},
          {"tail", tail_parts(of.tail)}};
}

Json indices(const ConcentrationSummary& of) {
  return {{"hhi", estimate(of.herfindahl)},
          {"effective_vendors", estimate(of.effective_vendors)},
          {"entropy_vendors", number(of.entropy_vendors)}};
}

Json deviation(const std::optional<measure::Deviation>& of) {
  if (!of) return nullptr;
  return {{"threshold", number(of->threshold)},
          {"size", number(of->size)},
          {"se", number(of->standard_error)},
          {"ratio", number(of->ratio)}};
}

Json dominance(const measure::Dominance& of) {
  return {{"holds", of.holds},
          {"violation", deviation(of.violation)},
          {"improvement", deviation(of.improvement)}};
}

Json level_differences(const std::vector<LevelDifference>& of) {
  Json all = Json::array();
  for (const LevelDifference& at : of) all.push_back(at_level(at.level, at.difference));
  return all;
}

Json hedge_json(const std::vector<HedgeSummary>& of) {
  Json all = Json::array();
  for (const HedgeSummary& at : of)
    all.push_back({{"level", at.level},
                   {"trade", trade_names[static_cast<std::size_t>(at.trade)]},
                   {"efficiency", estimate(at.efficiency)}});
  return all;
}

Json renewal_changes(const std::vector<RenewalChange>& of) {
  Json all = Json::array();
  for (const RenewalChange& change : of)
    all.push_back({{"provider", change.provider},
                   {"month", change.month},
                   {"both_renewed", estimate(change.both)},
                   {"price", estimate(change.price)},
                   {"leverage", estimate(change.leverage)}});
  return all;
}

}  // namespace

nlohmann::ordered_json contributions_json(const Attribution& of) {
  Json all = Json::array();
  for (const Contribution& part : of.contributions)
    all.push_back({{"component", component_names[static_cast<std::size_t>(part.component)]},
                   {"provider", part.provider},
                   {"mean", estimate(part.mean)},
                   {"plan", number(part.plan)},
                   {"tail", tail_parts(part.tail)},
                   {"stand_alone", tail_parts(part.stand_alone)}});
  return all;
}

nlohmann::ordered_json attribution_json(const Attribution& of) {
  Json providers = Json::object(), causes = Json::array(), by_cause = Json::array(), entities = Json::array();
  for (const ProviderRisk& risk : of.providers)
    providers[risk.provider] = {{"spend", estimate(risk.spend)},
                                {"mean_loss", estimate(risk.mean)},
                                {"tail", tail_parts(risk.tail)},
                                {"stand_alone", tail_parts(risk.stand_alone)},
                                {"marginal", tail_parts(risk.marginal)}};
  for (const CausePart& part : of.by_cause) by_cause.push_back(cause_json(part));
  for (const CausePart& part : of.causes) causes.push_back(cause_json(part));
  for (const EntityPart& part : of.entities)
    entities.push_back(
        {{"entity", part.entity}, {"mean", estimate(part.mean)}, {"tail", tail_parts(part.tail)}});
  return {{"measure", "loss"},
          {"paths_replayed", std::to_string(of.replayed)},
          {"mean_paths", std::to_string(of.mean_paths)},
          {"providers", std::move(providers)},
          {"by_cause", std::move(by_cause)},
          {"causes", std::move(causes)},
          {"entities", std::move(entities)}};
}

nlohmann::ordered_json concentration_json(const Attribution& of) {
  Json risk = Json::array();
  for (const TailConcentration& at : of.risk) {
    Json row{{"level", at.level}};
    row.update(indices(at.risk));
    row["diversification_index"] = number(at.diversification_index);
    row["shared_share"] = estimate(at.shared_share);
    risk.push_back(std::move(row));
  }
  return {{"spend", indices(of.spend)}, {"risk", std::move(risk)}};
}

nlohmann::ordered_json comparisons_json(const Assessment& of) {
  Json all = Json::array();
  for (const Comparison& c : of.comparisons)
    all.push_back({{"strategy", c.strategy},
                   {"reference", c.reference},
                   {"measure", MeasureName::total_cost},
                   {"mean", estimate(c.mean)},
                   {"probability_cheaper", estimate(c.probability_cheaper)},
                   {"percentiles", level_differences(c.percentiles)},
                   {"expected_shortfall", level_differences(c.expected_shortfall)},
                   {"hedge", hedge_json(c.hedge)},
                   {"dominance",
                    {{"first_order", dominance(c.first_order)}, {"second_order", dominance(c.second_order)}}},
                   {"renewals", renewal_changes(c.renewals)}});
  return all;
}

}  // namespace hedgerow::results
