// Stories in words: what a reader of the terminal sees, and that the printed digits add up.

#include "apps/results/story.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "apps/results/format.hpp"
#include "tests/support/worlds.hpp"

namespace story_test {

using namespace hedgerow;
using namespace hedgerow::models;
using namespace hedgerow::results;

namespace {

StoryEvent event(EventKind kind, double from, double amount = 0.0) {
  StoryEvent event{kind, from, from};
  event.provider = ProviderId(0);
  event.amount = amount;
  return event;
}

/// The number at the end of a line, 0 if there is none, with its sign.
long long printed(const std::string& line, std::size_t column) {
  std::string digits;
  for (const char c : line.substr(std::min(line.size(), column)))
    if ((c >= '0' && c <= '9') || c == '-') digits += c;
  return digits.empty() || digits == "-" ? 0 : std::stoll(digits);
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

}  // namespace

TEST_CASE("events in words") {
  ScenarioInput input = worlds::w3();
  input.horizon.start_month = 11;
  const Scenario scenario(input);
  const Story story{0, 1e9, 1e9, {event(EventKind::severed, 2.5), event(EventKind::cut_off, 3.0)}, {}};
  const auto words = [&](const StoryEvent& of) { return event_words(scenario, story, of); };

  StoryEvent renewal = event(EventKind::renewal, 3.0);
  renewal.price = 1.312;
  renewal.plan_price = 1.191;
  CHECK(words(renewal) == "A's contract renewed at 1.31 instead of 1.19 USD/unit-hour");
  renewal.price = 1.1912;
  renewal.capped = true;
  CHECK(words(renewal) == "A's contract renewed, capped at 1.19 USD/unit-hour, as planned");
  StoryEvent rival = event(EventKind::rival, 1.0);
  rival.share = 0.1;
  CHECK(words(rival) == "A turns rival and withholds 10 % of its capacity");
  rival.share = 0.0;
  CHECK(words(rival) == "A turns rival");
  CHECK(words(story.events[0]) == "A breaks off and gives notice until 2029-11");
  CHECK(words(event(EventKind::severed, 5.0)) == "A breaks off again");
  CHECK(words(story.events[1]) == "A cuts off, and everything has left in time");
  StoryEvent jump = event(EventKind::price_jump, 1.0);
  jump.price = 2.0;
  jump.list_price = 1.7;
  CHECK(words(jump) == "A cuts its list price by 15 %, to 1.70 USD/unit-hour");
  jump.list_price = 2.164;
  CHECK(words(jump) == "A raises its list price by 8.2 %, to 2.16 USD/unit-hour");
  StoryEvent joined = event(EventKind::outage, 0.0);
  joined.count = 31;
  CHECK(words(joined) == "31 smaller outages");
  StoryEvent shortage = event(EventKind::shortage, 3.0);
  shortage.share = 1.0;
  shortage.unserved_hours = 412.3;
  shortage.until = 3.5;
  CHECK(words(shortage) == "A delivers no more: 412 full-outage hours lost until 2030-05");
}

TEST_CASE("every kind has words of its own") {
  ScenarioInput input = worlds::rich();
  const Scenario scenario(input);
  std::vector<std::string> all;
  for (std::size_t kind = 0; kind < event_kind_count; ++kind)
    for (const std::size_t count : {std::size_t{1}, std::size_t{2}}) {
      StoryEvent one = event(static_cast<EventKind>(kind), 1.0, 5.0);
      one.entity = EntityId(0);
      one.count = count;
      one.price = one.plan_price = 1.0;
      all.push_back(event_words(scenario, Story{}, one));
      CHECK(!all.back().empty());
      CHECK(!event_kind_names[kind].empty());
    }
  std::sort(all.begin(), all.end());
  CHECK(std::unique(all.begin(), all.end()) == all.end());
}

TEST_CASE("the printed amounts add up to the printed total") {
  for (const ScenarioInput& input : {worlds::w2(), worlds::w3(), worlds::rich()}) {
    const Scenario scenario(input);
    const Simulation simulation(scenario, 3);
    const StoryTeller teller(simulation, StrategyId(0));
    for (std::uint64_t path = 0; path < 20; ++path) {
      const Story story = condense(teller.tell(path), path);
      const Scale scale = story_scale(story);
      const std::vector<std::string> lines = lines_of(story_text(scenario, story, scale, false));
      REQUIRE(lines.size() == story.events.size() + 3);
      const std::size_t plan_at = lines[1].find("plan") + 4;
      long long sum = printed(lines[1], plan_at);
      for (std::size_t i = 0; i < story.events.size(); ++i) {
        const std::size_t words = width_of(event_words(scenario, story, story.events[i]));
        const long long amount = printed(lines[i + 2], 9 + words);
        const double digit = scale.unit > 1.0 ? scale.unit / 1e3 : 0.01;
        if (std::abs(story.events[i].amount) >= 1.0) CHECK(std::abs(story.events[i].amount) >= digit);
        CHECK(std::abs(static_cast<double>(amount) * digit - story.events[i].amount) <= 2.0 * digit);
        sum += amount;
      }
      CHECK(sum == printed(lines.back(), lines.back().find("total") + 5));
      for (const std::string& line : lines)
        if (!line.empty() && line.back() >= '0' && line.back() <= '9' &&
            line.find("smaller jumps") == line.npos)
          CHECK(width_of(line) <= width_of(lines.front()));
    }
  }
}

TEST_CASE("the unit of a story is that of its total, or as much finer as its smallest event asks for") {
  const auto unit = [](std::vector<double> amounts) {
    Story story{0, 2e9, 2e9, {}, {}};
    for (const double amount : amounts) story.events.push_back(event(EventKind::outage, 1.0, amount));
    return story_scale(story).name;
  };
  CHECK(unit({}) == "B");
  CHECK(unit({-3e8, 1e6}) == "B");
  CHECK(unit({3e8, -4e5}) == "M");
  CHECK(unit({3e8, 999.0}) == "k");
  CHECK(unit({3e8, 0.9, 0.0}) == "B");  // of no weight in any unit
  Scenario scenario(worlds::w3());
  Story story{0, 2e9, 2.0004e9, {event(EventKind::cut_off, 3.0, 4e5)}, {}};
  story.events[0].until = 3.0;
  CHECK(lines_of(story_text(scenario, story, scale_for(5e8), false)).back() ==
        "         total                                        2 000.400");
}

TEST_CASE("names that could steer a terminal are shown as text") {
  ScenarioInput input = worlds::plain({{"A\x1b[31m", 1.0}}, 1.0, 1.0);
  const Scenario scenario(input);
  CHECK(event_words(scenario, Story{}, event(EventKind::strained, 0.0)) ==
        "relation with A\\x1B[31m becomes strained");
}

TEST_CASE("a story as JSON holds every number raw") {
  const Scenario scenario(worlds::rich());
  const Simulation simulation(scenario, 3);
  const Story story = StoryTeller(simulation, StrategyId(0)).tell(5);
  const auto json = story_json(scenario, story);
  CHECK(json["path"] == "5");
  CHECK(json["total"].get<double>() == story.total);
  REQUIRE(json["events"].size() == story.events.size());
  for (std::size_t i = 0; i < story.events.size(); ++i) {
    CHECK(json["events"][i]["amount"].get<double>() == story.events[i].amount);
    CHECK(json["events"][i]["from"].get<double>() == story.events[i].from);
    CHECK(json["events"][i]["kind"] == event_kind_names[static_cast<std::size_t>(story.events[i].kind)]);
  }
  const std::vector<std::uint64_t> paths{1, 2, 3};
  const Neighbourhood around = neighbourhood(simulation, StrategyId(0), paths);
  const auto shared = neighbourhood_json(scenario, around);
  CHECK(shared["paths"] == 3);
  CHECK(shared["causes"].size() == around.causes.size());
  CHECK(shared["providers"]["A"]["severed"].get<double>() == around.providers[0].severed);
}

TEST_CASE("what a neighbourhood shares, in words") {
  const Scenario scenario(worlds::w3());
  Neighbourhood around;
  around.paths = 200;
  around.mean_total = 313e9;
  around.causes = {{Cause::contagion, ProviderId(1), 0.41, 12.5e9},
                   {Cause::commercial, ProviderId(0), 0.01, 1.0}};
  around.providers = {{ProviderId(0), 0.9, 0.87, 0.02}};
  CHECK(neighbourhood_text(scenario, around, scale_for(313e9)) ==
        "Of the 200 paths of about this cost (313.0 B USD on average):\n"
        "   87 % lose A by severance\n"
        "   41 % owe 10 % or more of what they cost above plan to B turning away because others have "
        "(12.5 B USD on average)\n");
  CHECK(neighbourhood_text(scenario, {}, {}).empty());
}

}  // namespace story_test
