#include "apps/import/dora_codes.hpp"

#include <algorithm>
#include <array>

namespace hedgerow::intake {
namespace {

constexpr std::array<Term, 3> answer_terms{
    {{"eba_BT:x28", "yes"}, {"eba_BT:x29", "no"}, {"eba_BT:x21", "not assessed"}}};
constexpr std::array<Term, 4> substitutability_terms{{{"eba_ZZ:x959", "not substitutable"},
                                                      {"eba_ZZ:x960", "highly complex"},
                                                      {"eba_ZZ:x961", "medium complexity"},
                                                      {"eba_ZZ:x962", "easily"}}};
constexpr std::array<Term, 3> reason_terms{
    {{"eba_ZZ:x963", "no real alternatives"},
     {"eba_ZZ:x964", "difficult to migrate or reintegrate"},
     {"eba_ZZ:x965", "no real alternatives, and difficult to migrate or reintegrate"}}};
constexpr std::array<Term, 4> reliance_terms{{{"eba_ZZ:x794", "not significant"},
                                              {"eba_ZZ:x795", "low reliance"},
                                              {"eba_ZZ:x796", "material reliance"},
                                              {"eba_ZZ:x797", "full reliance"}}};
constexpr std::array<Term, 4> impact_terms{{{"eba_ZZ:x791", "low"},
                                            {"eba_ZZ:x792", "medium"},
                                            {"eba_ZZ:x793", "high"},
                                            {"eba_ZZ:x799", "not assessed"}}};
constexpr std::array<Term, 3> reintegration_terms{
    {{"eba_ZZ:x798", "easy"}, {"eba_ZZ:x966", "difficult"}, {"eba_ZZ:x967", "highly complex"}}};
constexpr std::array<Term, 3> arrangement_terms{
    {{"eba_CO:x1", "standalone"}, {"eba_CO:x2", "overarching"}, {"eba_CO:x3", "subsequent or associated"}}};
constexpr std::array<Term, 19> service_terms{{{"eba_TA:S01", "ICT project management"},
                                              {"eba_TA:S02", "ICT development"},
                                              {"eba_TA:S03", "ICT help desk and first level support"},
                                              {"eba_TA:S04", "ICT security management services"},
                                              {"eba_TA:S05", "provision of data"},
                                              {"eba_TA:S06", "data analysis"},
                                              {"eba_TA:S07", "ICT facilities and hosting"},
                                              {"eba_TA:S08", "computation"},
                                              {"eba_TA:S09", "non-cloud data storage"},
                                              {"eba_TA:S10", "telecom carrier"},
                                              {"eba_TA:S11", "network infrastructure"},
                                              {"eba_TA:S12", "hardware and physical devices"},
                                              {"eba_TA:S13", "software licencing"},
                                              {"eba_TA:S14", "ICT operation management"},
                                              {"eba_TA:S15", "ICT consulting"},
                                              {"eba_TA:S16", "ICT risk management"},
                                              {"eba_TA:S17", "cloud IaaS"},
                                              {"eba_TA:S18", "cloud PaaS"},
                                              {"eba_TA:S19", "cloud SaaS"}}};

/// The 27 states of the Union, Iceland, Liechtenstein and Norway (ISO 3166; GR and EL both stand for Greece).
constexpr std::array<std::string_view, 31> eea{
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
    "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK"};

}  // namespace

namespace dora {

ClosedList answers() { return answer_terms; }
ClosedList substitutability() { return substitutability_terms; }
ClosedList not_substitutable_reasons() { return reason_terms; }
ClosedList reliance() { return reliance_terms; }
ClosedList impact() { return impact_terms; }
ClosedList reintegration() { return reintegration_terms; }
ClosedList arrangements() { return arrangement_terms; }
ClosedList services() { return service_terms; }

}  // namespace dora

std::string_view words_of(ClosedList list, Code code) { return code ? list[*code].words : "not told"; }

bool is_in_eea(std::string_view country) { return std::find(eea.begin(), eea.end(), country) != eea.end(); }

}  // namespace hedgerow::intake
