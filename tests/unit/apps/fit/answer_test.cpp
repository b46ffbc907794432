#include "apps/fit/answer.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "apps/config/load.hpp"
#include "apps/fit/fragment.hpp"
#include "apps/fit/json.hpp"
#include "apps/fit/summary.hpp"
#include "apps/import/moment.hpp"
#include "engine/base/check.hpp"
#include "engine/random/lognormal.hpp"

namespace answer_test {

using namespace hedgerow;
using namespace hedgerow::fitting;

namespace {

/// A log of `count` incidents, a week apart, whose durations [h] a function gives.
template <class Hours>
std::string log_of(int count, Hours hours) {
  std::string text = "start,duration_h,provider,region\n";
  const double first = intake::hours_of(intake::read_iso_moment("2020-01-01")->at);
  for (int i = 0; i < count; ++i)
    text += intake::minute_text(first + 168.0 * i) + "," + hours(i) + ",example,east\n";
  return text;
}

/// 200 quantiles of a lognormal law in no order.
std::string around_three_hours(int i) {
  return std::to_string(random::Lognormal(3.0, 1.0).quantile((((61 * i) % 200) + 0.5) / 200.0));
}

Answer answer_to(const std::string& text, Question question = {}) {
  question.file = question.file.empty() ? "log.csv" : question.file;
  intake::CsvReader csv(question.file, intake::bytes_of(text));
  intake::IncidentLog log = intake::read_incidents(csv, question.reading);
  return answer(std::move(question), std::move(log));
}

Question over(const char* from, const char* until) {
  Question question;
  question.from = intake::hours_of(intake::read_iso_moment(from)->at);
  question.until = intake::hours_of(intake::read_iso_moment(until)->at);
  question.applies = 1.0;
  return question;
}

std::vector<std::string> doubts_of(const Answer& answer) {
  std::vector<std::string> codes;
  for (const Doubt& doubt : answer.doubts) codes.push_back(doubt.code);
  return codes;
}

bool doubts(const Answer& answer, const std::string& code) {
  const auto codes = doubts_of(answer);
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

/// The fragment as the outages of a region, read as a config.
config::LoadedConfig pasted(const std::string& fragment) {
  std::string text =
      "hedgerow: 1\nproviders:\n  azure:\n    list_price: 2 USD/unit-hour\n    regions:\n      east:\n";
  for (std::size_t at = 0; at < fragment.size();) {
    const std::size_t end = fragment.find('\n', at);
    text += "        " + fragment.substr(at, end - at) + "\n";
    at = end + 1;
  }
  text +=
      "workloads: {training: {demand: 1 units, revenue_at_risk: 1 USD/h}}\n"
      "strategies: {one: {training: {placement: {azure.east: 100%}}}}\n";
  return config::load_config(config::Source{"pasted.yaml", text});
}

models::OutageProcess outages(const config::LoadedConfig& loaded) {
  return *loaded.study.scenario.providers.at("azure").regions.at("east").outages;
}

}  // namespace

TEST_CASE("a good log leaves nothing to doubt") {
  Question question = over("2020-01-01", "2023-11-01");
  question.prior.rate = 50.0;
  const Answer answer = answer_to(log_of(200, around_three_hours), question);
  CHECK(answer.rate.events == 200);
  CHECK(answer.chosen() != nullptr);
  for (const std::string& code : doubts_of(answer))
    CHECK(code == "poor_fit");  // durations are no random draw
}

TEST_CASE("what is doubtful is told") {
  CHECK(doubts(answer_to(log_of(6, around_three_hours), over("2020-01-01", "2022-01-01")), "few_events"));
  CHECK(doubts(answer_to(log_of(6, around_three_hours), over("2020-01-01", "2022-01-01")), "few_durations"));
  CHECK(doubts(answer_to(log_of(20, around_three_hours), over("2020-01-01", "2020-07-01")), "short_log"));
  CHECK(doubts(answer_to(log_of(20, around_three_hours), over("2020-01-01", "2020-07-01")), "prior_matters"));
  CHECK(doubts(answer_to(log_of(60, around_three_hours), over("2020-01-01", "2024-01-01")), "rate_changed"));
  CHECK(doubts(answer_to(log_of(60, around_three_hours), over("2020-01-01", "2024-01-01")), "overdispersed"));
  CHECK(doubts(answer_to(log_of(60, [](int i) { return i % 9 == 0 ? "0" : std::string("2.5"); })),
               "without_length"));
  CHECK(doubts(answer_to(log_of(60, [](int i) { return i == 20 ? "" : around_three_hours(i); })),
               "unknown_ends"));
  CHECK(doubts(answer_to(log_of(60, [](int i) { return i == 59 ? "" : around_three_hours(i); })), "ongoing"));
  CHECK(doubts(answer_to(log_of(60, around_three_hours)), "window_assumed"));
  CHECK(doubts(answer_to(log_of(60, around_three_hours)), "applies_assumed"));
  CHECK(doubts(answer_to("start,provider\n2020-01-01,a\n2021-01-01,b\n"), "several_providers"));
  CHECK(doubts(answer_to("start,provider\n2020-01-01,a\n2021-01-01,b\n"), "without_zone"));
  CHECK(doubts(answer_to("start,provider\n2020-01-01,a\n2021-01-01,b\n"), "without_region"));
  Question question;
  question.reading.skip_bad_records = true;
  CHECK(doubts(answer_to("start\n2020-01-01\nx\n2021-01-01\n", question), "bad_records"));
}

TEST_CASE("tails that are too heavy are told and kept out of the config") {
  // Quantiles of a generalized Pareto law of index 0.9 and scale 3.
  const auto heavy = [](int i) {
    const double u = (((61 * i) % 200) + 0.5) / 200.0;
    return std::to_string(3.0 * (std::pow(1.0 - u, -0.9) - 1.0) / 0.9);
  };
  const Answer answer = answer_to(log_of(200, heavy), over("2020-01-01", "2023-11-01"));
  CHECK(doubts(answer, "infinite_variance"));
  REQUIRE(answer.chosen() != nullptr);
  CHECK(answer.chosen()->believable());
  CHECK(as_fragment(answer, Posterior::in_comments).find("spliced:") == std::string::npos);
}

TEST_CASE("the fragment is read as what was fitted, with its source") {
  Question question = over("2020-01-01", "2023-11-01");
  question.applies = 0.2;
  question.file = "odd \"name\": #1\t{}.csv";
  question.command = "hedgerow fit x\n  injected: true";
  const Answer answer = answer_to(log_of(200, around_three_hours), question);
  const config::LoadedConfig loaded = pasted(as_fragment(answer, Posterior::in_comments));
  const models::OutageProcess process = outages(loaded);
  CHECK(process.rate.value == doctest::Approx(answer.rate.posterior.mean()).epsilon(1e-5));
  REQUIRE(answer.chosen() != nullptr);
  const auto& fitted = std::get<models::LognormalDuration>(answer.chosen()->law);
  const auto& read = std::get<models::LognormalDuration>(process.duration);
  CHECK(read.median.value == doctest::Approx(fitted.median.value).epsilon(1e-5));
  CHECK(read.sigma == doctest::Approx(fitted.sigma).epsilon(1e-5));
  const auto rate = std::find_if(loaded.resolved.begin(), loaded.resolved.end(), [](const auto& value) {
    return value.path == "providers.azure.regions.east.outages.rate";
  });
  CHECK(rate->source.find("200 events in 3.84 yr, 20 % apply") != std::string::npos);
}

TEST_CASE("every law that can be chosen makes a fragment that is read") {
  Answer answer = answer_to(log_of(200, around_three_hours), over("2020-01-01", "2023-11-01"));
  REQUIRE(answer.durations.laws.size() == 5);
  for (std::size_t i = 0; i < 5; ++i) {
    answer.durations.chosen = i;
    CAPTURE(answer.chosen()->name);
    const models::OutageProcess process = outages(pasted(as_fragment(answer, Posterior::in_comments)));
    CHECK(process.duration.index() == answer.chosen()->law.index());
  }
}

TEST_CASE("a log without durations gives a fragment that says so") {
  const Answer answer = answer_to("start\n2020-01-01\n2021-01-01\n");
  const std::string fragment = as_fragment(answer, Posterior::in_comments);
  CHECK(fragment.find("# assumed: the log tells no law of durations") != std::string::npos);
  CHECK(std::get<models::LognormalDuration>(outages(pasted(fragment)).duration).sigma == 1.2);
}

TEST_CASE("posteriors stand as keys where that is asked for") {
  const Answer answer = answer_to(log_of(200, around_three_hours), over("2020-01-01", "2023-11-01"));
  const std::string keys = as_fragment(answer, Posterior::as_keys);
  CHECK(keys.find("  rate: {value: ") != std::string::npos);
  CHECK(keys.find("/yr, posterior: {events: 200.5, exposure: ") != std::string::npos);
  CHECK(keys.find("\n      posterior: {log_median: ") != std::string::npos);
  CHECK(keys.find("# posterior") == std::string::npos);
}

TEST_CASE("a fragment stands as far to the right as it is asked to") {
  const Answer answer = answer_to(log_of(200, around_three_hours), over("2020-01-01", "2023-11-01"));
  std::istringstream plain(as_fragment(answer, Posterior::as_keys)),
      indented(as_fragment(answer, Posterior::as_keys, 8));
  std::string line, moved;
  while (std::getline(plain, line) && std::getline(indented, moved))
    CHECK(moved == std::string(8, ' ') + line);
  CHECK(plain.eof());
  CHECK(!std::getline(indented, moved));
}

TEST_CASE("what is not known is null in JSON, and never NaN") {
  for (const std::string& text : {log_of(200, around_three_hours), log_of(3, around_three_hours),
                                  std::string("start\n2020-01-01\n2021-01-01\n")}) {
    const Answer answer = answer_to(text);
    const std::string json = as_json(answer, "").dump();
    CHECK(json.find("nan") == std::string::npos);
    CHECK(json.find("inf") == json.find("infinite"));
    CHECK_FALSE(as_text(answer, {}).empty());
  }
}

TEST_CASE("a question that leaves nothing is refused with what there is instead") {
  Question question;
  question.reading.filter.regions = {"eats"};
  CHECK_THROWS_WITH_AS(answer_to(log_of(9, around_three_hours), question),
                       "--region eats: the log has none (did you mean east?)", InvalidInput);
  question.reading.filter = {{"example"}, {}, {}};
  question.from = question.until = 1e6;
  CHECK_THROWS_AS(answer_to(log_of(9, around_three_hours), question), InvalidInput);
}

}  // namespace answer_test
