// A register as JSON, format hedgerow-dora/1.

#include <nlohmann/json.hpp>

#include "apps/import/dora_report.hpp"
#include "apps/import/words.hpp"

namespace hedgerow::intake {
namespace {

using Json = nlohmann::ordered_json;

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}
Json day_or_null(const std::optional<Moment>& at) { return at ? Json(day_name(*at)) : Json(); }
Json word(ClosedList list, Code code) { return code ? Json(list[*code].words) : Json(); }

Json index_of(const std::optional<measure::Concentration>& c) {
  return c ? Json{{"herfindahl", c->herfindahl}, {"effective_groups", c->effective_number}} : Json();
}

class DoraJsonWriter {
 public:
  DoraJsonWriter(const Register& from, const DoraConcentration& found) : from_(from), found_(found) {}

  Json run() const {
    return {{"format", "hedgerow-dora/1"},
            {"package", from_.name},
            {"entity", from_.entity},
            {"date", day_or_null(from_.date)},
            {"currency", from_.currency},
            {"groups", all(found_.groups, [this](const GroupExposure& g) { return group(g); })},
            {"concentration",
             {{"by_cost", index_of(found_.by_cost)},
              {"by_critical_function", index_of(found_.by_function)},
              {"critical_functions", found_.critical_functions},
              {"currencies_without_rate", found_.currencies_without_rate}}},
            {"functions", functions()},
            {"article_29", article()},
            {"without_exit_plan", all(found_.without_exit_plan,
                                      [this](const DoraReliance& r) {
                                        return Json{{"arrangement", r.arrangement},
                                                    {"provider", r.provider},
                                                    {"function", name(r.function)}};
                                      })},
            {"doubts", from_.doubts},
            {"repairs", repairs_as_json(from_.repairs)}};
  }

 private:
  template <class Items, class Tell>
  static Json all(const Items& items, const Tell& tell) {
    Json array = Json::array();
    for (const auto& item : items) array.push_back(tell(item));
    return array;
  }
  std::string name(const std::string& function) const { return from_.function_name(function); }
  Json names(const std::set<std::string>& functions) const {
    return all(functions, [this](const std::string& function) { return Json(name(function)); });
  }

  Json group(const GroupExposure& g) const {
    Json cost = Json::object();
    for (const auto& [currency, amount] : g.cost) cost[currency] = amount.exact();
    return {{"parent", g.parent},
            {"name", g.name},
            {"providers", g.providers},
            {"arrangements", g.arrangements},
            {"cost", cost},
            {"cost_in_base_currency", or_null(g.converted)},
            {"critical_functions", names(g.critical)},
            {"critical_functions_through_others", names(g.critical_through_others)},
            {"substitutability", word(dora::substitutability(), g.substitutability)},
            {"exit_plan", word(dora::answers(), g.exit_plan)},
            {"first_end", day_or_null(g.first_end)},
            {"provider_notice_days", or_null(g.provider_notice)}};
  }

  Json functions() const {
    Json array = Json::array();
    for (const auto& [key, f] : from_.functions) {
      Json leans = Json::array();
      for (const DoraReliance& r : from_.reliances)
        if (r.function == key)
          leans.push_back({{"provider", r.provider},
                           {"arrangement", r.arrangement},
                           {"service", word(dora::services(), r.service)},
                           {"reliance", word(dora::reliance(), r.reliance)},
                           {"start", day_or_null(r.start)},
                           {"end", day_or_null(r.end)},
                           {"own_notice_days", or_null(r.own_notice)},
                           {"provider_notice_days", or_null(r.provider_notice)}});
      array.push_back({{"id", f.id},
                       {"name", f.name},
                       {"critical", word(dora::answers(), f.critical)},
                       {"recovery_time_hours", or_null(f.recovery_time)},
                       {"recovery_point_hours", or_null(f.recovery_point)},
                       {"impact", word(dora::impact(), f.impact)},
                       {"leans_on", leans}});
    }
    return array;
  }

  Json article() const {
    return {{"1a_not_easily_substitutable",
             all(found_.hard_to_replace,
                 [this](const HardToReplace& h) {
                   const DoraAssessment& a = h.assessment;
                   return Json{{"arrangement", a.arrangement},
                               {"provider", a.provider},
                               {"substitutability", word(dora::substitutability(), a.substitutability)},
                               {"reason", word(dora::not_substitutable_reasons(), a.reason)},
                               {"reintegration", word(dora::reintegration(), a.reintegration)},
                               {"exit_plan", word(dora::answers(), a.exit_plan)},
                               {"alternatives", word(dora::answers(), a.alternatives)},
                               {"alternative", a.alternative},
                               {"functions", names(h.functions)}};
                 })},
            {"1b_several_arrangements", all(found_.several,
                                            [this](const SeveralArrangements& s) {
                                              return Json{{"group", s.group},
                                                          {"arrangements", s.arrangements},
                                                          {"through_subcontracting", s.through},
                                                          {"functions", names(s.functions)}};
                                            })},
            {"2_subcontracting", all(found_.chains,
                                     [this](const Subcontracting& s) {
                                       return Json{{"arrangement", s.link.arrangement},
                                                   {"provider", s.link.provider},
                                                   {"rank", s.link.rank},
                                                   {"recipient", s.link.recipient},
                                                   {"service", word(dora::services(), s.link.service)},
                                                   {"functions", names(s.functions)}};
                                     })},
            {"2_third_countries", all(found_.third_countries, [this](const ThirdCountry& t) {
               return Json{{"arrangement", t.arrangement},
                           {"provider", t.provider},
                           {"function", name(t.function)},
                           {"countries", t.countries}};
             })}};
  }

  const Register& from_;
  const DoraConcentration& found_;
};

}  // namespace

Json as_json(const Register& from, const DoraConcentration& found) {
  return DoraJsonWriter(from, found).run();
}

}  // namespace hedgerow::intake
