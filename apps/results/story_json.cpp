#include "apps/results/story.hpp"

namespace hedgerow::results {

using Json = nlohmann::ordered_json;

namespace {
using namespace models;

Json event_json(const Scenario& scenario, const Story& story, const StoryEvent& event) {
  Json json{{"kind", event_kind_names[static_cast<std::size_t>(event.kind)]},
            {"from", event.from},
            {"until", event.until},
            {"words", event_words(scenario, story, event)},
            {"amount", event.amount},
            {"count", event.count}};
  if (event.provider) json["provider"] = scenario.providers[*event.provider].name;
  if (event.entity) json["entity"] = scenario.entities[*event.entity].name;
  if (event.workload) json["workload"] = scenario.workloads[*event.workload].name;
  const auto add = [&](const char* key, double value) {
    if (value != 0.0) json[key] = value;
  };
  if (event.kind == EventKind::improves)
    json["regime"] = regime_names[static_cast<std::size_t>(event.regime)];
  if (event.capped) json["capped"] = true;
  add("price", event.price);
  add("plan_price", event.plan_price);
  add("list_price", event.list_price);
  add("hours", event.hours);
  add("unserved_hours", event.unserved_hours);
  add("units", event.units);
  add("plan_units", event.plan_units);
  add("share", event.share);
  return json;
}

}  // namespace

Json story_json(const Scenario& scenario, const Story& story) {
  Json events = Json::array();
  for (const StoryEvent& event : story.events) events.push_back(event_json(scenario, story, event));
  return {{"path", std::to_string(story.path)},
          {"plan", story.plan},
          {"total", story.total},
          {"events", std::move(events)}};
}

Json neighbourhood_json(const Scenario& scenario, const Neighbourhood& around) {
  Json causes = Json::array(), providers = Json::object();
  for (const CauseFrequency& of : around.causes)
    causes.push_back({{"cause", cause_names[static_cast<std::size_t>(of.cause)]},
                      {"provider", scenario.providers[of.provider].name},
                      {"fraction", of.fraction},
                      {"mean_amount", of.mean_amount}});
  for (const RelationFrequency& of : around.providers)
    providers[scenario.providers[of.provider].name] = {
        {"rival", of.rival}, {"severed", of.severed}, {"scarce_signing", of.scarce_signing}};
  return {{"paths", around.paths},
          {"mean_total", around.mean_total},
          {"matters_from", Neighbourhood::matters_from},
          {"causes", std::move(causes)},
          {"providers", std::move(providers)}};
}

}  // namespace hedgerow::results
