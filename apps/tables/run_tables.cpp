// What a run was: where it comes from, what it was given, what it was held to, and the market of all.

#include "apps/tables/families.hpp"

namespace hedgerow::tables {
namespace {

Table runs(const Node& root) {
  Sheet sheet("runs",
              "title currency start months:integer discount_rate:real paths:integer complete:integer seed "
              "config_name config_sha256 format engine version git_revision compiler rng wall_seconds:real "
              "threads:integer ranks:integer precision_target:real precision_reached:integer "
              "precision_most_paths:integer");
  const Node from = root["provenance"], config = from["config"], horizon = root["horizon"];
  const Node precision = root["precision"], engine = from["engine"];
  sheet.add({root["title"],
             root["currency"],
             horizon["start"],
             horizon["months"],
             horizon["discount_rate"],
             root["paths"],
             root["complete"],
             from["seed"],
             config["name"],
             config["sha256"],
             root["format"],
             engine["name"],
             engine["version"],
             from["git_revision"],
             from["compiler"],
             from["rng"],
             from["wall_seconds"],
             from["threads"],
             from["ranks"],
             precision["target"],
             precision["reached"],
             precision["most_paths"]});
  return std::move(sheet).take();
}

Table overrides(const Node& root) {
  Sheet sheet("overrides", "position:integer key value");
  for (const Node& change : root["provenance"]["config"]["overrides"].list())
    sheet.add({sheet.size(), change["key"], change["value"]});
  return std::move(sheet).take();
}

Table inputs(const Node& root) {
  Sheet sheet("inputs", "path value origin source");
  for (const Node& input : root["provenance"]["config"]["values"].list())
    sheet.add({input["path"], input["value"], input["origin"], input["source"]});
  return std::move(sheet).take();
}

Table batches(const Node& root) {
  Sheet sheet("precision_batches", "batch:integer paths:integer");
  for (const Node& paths : root["precision"]["batches"].list()) sheet.add({sheet.size(), paths});
  return std::move(sheet).take();
}

Table unmet(const Node& root) {
  Sheet sheet("precision_unmet", "strategy output half_width:real relative:real paths_needed:real");
  for (const Node& output : root["precision"]["unmet"].list())
    sheet.add({output["strategy"], output["output"], output["half_width"], output["relative"],
               output["paths_needed"]});
  return std::move(sheet).take();
}

Table limits(const Node& root) {
  Sheet sheet("limits",
              "name strategy measure measured:real lower:real upper:real at_most:real at_least:real verdict "
              "breached:integer paths_to_decide:real");
  for (const Node& limit : root["limits"].list())
    sheet.add({limit["name"], limit["strategy"], limit["measure"], limit["measured"], limit["ci"].end(0),
               limit["ci"].end(1), limit.optional("at_most"), limit.optional("at_least"), limit["verdict"],
               limit["breached"], limit["paths_to_decide"]});
  return std::move(sheet).take();
}

Table sampling(const Node& of) {
  Sheet sheet(
      "sampling",
      "asked used reason nominal_paths:integer tilted_paths:integer pilot_paths:integer "
      "replicates:integer mean_weight:real mean_weight_se:real effective_paths:real largest_share:real");
  if (!of.is_null()) {
    const Node weights = of["weights"];
    sheet.add({of["asked"], of["used"], of["reason"], of["nominal_paths"], of["tilted_paths"],
               of["pilot_paths"], of["replicates"], weights["mean"]["value"], weights["mean"]["se"],
               weights["effective_paths"], weights["largest_share"]});
  }
  return std::move(sheet).take();
}

Table sampling_uses(const Node& of) {
  Sheet sheet("sampling_uses", "output gain:real");
  for (const Node& use : of["uses"].list()) sheet.add({use["output"], use["gain"]});
  return std::move(sheet).take();
}

Table sampling_tilts(const Node& of) {
  Sheet sheet("sampling_tilts", "strategy measure entity from_hours:real factor:real");
  for (const Node& tilt : of["tilts"].list())
    for (const Node& entity : tilt["entities"].list())
      for (const Node& band : entity["bands"].list())
        sheet.add({tilt["strategy"], tilt["measure"], entity["entity"], band["from_hours"], band["factor"]});
  return std::move(sheet).take();
}

Table list_prices(const Node& market) {
  Sheet sheet(
      "list_prices",
      "provider year:integer mean:real mean_se:real log_mean:real log_mean_se:real log_variance:real");
  for (const auto& [provider, years] : market["list_price"].members())
    for (const Node& at : years.list())
      sheet.add({provider, at["year"], at["mean"]["value"], at["mean"]["se"], at["log_mean"]["value"],
                 at["log_mean"]["se"], at["log_variance"]});
  return std::move(sheet).take();
}

Table scarcity(const Node& market) {
  Sheet sheet("scarcity", "year:integer probability:real se:real");
  for (const Node& at : market["scarcity"].list())
    sheet.add({at["year"], at["probability"]["value"], at["probability"]["se"]});
  return std::move(sheet).take();
}

}  // namespace

std::vector<Table> tables_of_run(const Node& root) {
  return {runs(root),
          overrides(root),
          inputs(root),
          batches(root),
          unmet(root),
          limits(root),
          sampling(root.optional("sampling")),
          sampling_uses(root.optional("sampling")),
          sampling_tilts(root.optional("sampling")),
          list_prices(root["market"]),
          scarcity(root["market"])};
}

}  // namespace hedgerow::tables
