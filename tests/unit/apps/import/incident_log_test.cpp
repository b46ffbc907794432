#include "apps/import/incident_log.hpp"

#include <doctest/doctest.h>

namespace incident_log_test {

using namespace hedgerow;
using namespace hedgerow::intake;

namespace {

IncidentLog read(const std::string& text, const IncidentReading& reading = {}) {
  CsvReader csv("log.csv", bytes_of(text));
  return read_incidents(csv, reading);
}

std::string complaint(const std::string& text, const IncidentReading& reading = {}) {
  try {
    read(text, reading);
  } catch (const BadData& bad) {
    return bad.what();
  }
  return "";
}

const std::string log_text =
    "start_utc,end_utc,provider,regions,severity,services,n_services\n"
    "2025-01-01T00:00Z,2025-01-01T02:00Z,AWS,us-east-1;us-west-2,high/OUTAGE,EC2;S3,\n"
    "2025-01-02T00:00Z,,aws,eu-west-1,low,EC2,4\n"
    "2025-01-03T00:00Z,2025-01-03T01:00Z,GCP,,high,GCE,\n";

}  // namespace

TEST_CASE("what a log says") {
  const IncidentLog log = read(log_text);
  CHECK(log.records == 3);
  REQUIRE(log.postings.size() == 3);
  const models::Posting& first = log.postings[0];
  CHECK(*first.end - first.start == 2.0);
  CHECK(first.services == std::vector<std::string>{"EC2", "S3"});
  CHECK_FALSE(log.postings[1].end);
  CHECK(log.postings[1].service_count == 4);
  CHECK(log.without_zone == 0);
  CHECK(log.without_region == 1);
  CHECK(*log.last - *log.first == 49.0);
  CHECK(log.regions == SeenWords{"eu-west-1", "us-east-1", "us-west-2"});
  CHECK(first.place != log.postings[1].place);
}

TEST_CASE("filters by provider, region and severity; regions that are asked for are one place") {
  const auto kept = [](const IncidentFilter& filter) {
    std::vector<double> days;
    const IncidentLog log = read(log_text, {{}, filter, false, false});
    for (const models::Posting& p : log.postings) days.push_back((p.start - *log.first) / 24.0);
    return days;
  };
  CHECK(kept({{"aws"}, {}, {}}) == std::vector<double>{0, 1});
  CHECK(kept({{}, {"US-WEST-2"}, {}}) == std::vector<double>{0});
  CHECK(kept({{}, {"us-west-2", "eu-west-1"}, {}}) == std::vector<double>{0, 1});
  CHECK(kept({{}, {}, {"high"}}) == std::vector<double>{0, 2});
  CHECK(kept({{}, {}, {"outage", "low"}}) == std::vector<double>{0, 1});
  CHECK(kept({{"GCP"}, {}, {"low"}}).empty());
  const IncidentLog both = read(log_text, {{}, {{}, {"us-east-1", "eu-west-1"}, {}}, false, false});
  CHECK(both.postings[0].place == both.postings[1].place);
}

TEST_CASE("columns of other names, and durations instead of ends") {
  const IncidentReading reading{
      {{IncidentColumn::start, "opened"}, {IncidentColumn::duration, "hours down"}}, {}, false, false};
  const IncidentLog log = read("hours down,opened\n1.5,2025-01-01\n,2025-01-02\n", reading);
  REQUIRE(log.postings.size() == 2);
  CHECK(*log.postings[0].end - log.postings[0].start == 1.5);
  CHECK_FALSE(log.postings[1].end);
  CHECK(log.without_zone == 2);
}

TEST_CASE("every bad field is told with its place") {
  CHECK(complaint("start,end,duration_h,n_services\n"
                  "yesterday,,,\n"
                  ",2025-01-01T00:00Z,,\n"
                  "2025-01-02T00:00Z,2025-01-01T00:00Z,,\n"
                  "2025-01-02T00:00Z,,-1,many\n"
                  "2025-01-02T00:00Z,,\n"
                  "2025-01-02T00:00Z,2125-01-02T00:00Z,,\n") ==
        "log.csv:2:1: error: 'yesterday' is no time (must be as in 2025-10-20T07:11:00Z)\n"
        "log.csv:3:1: error: is empty (an incident has a start)\n"
        "log.csv:4:19: error: ends before it starts (2025-01-02T00:00Z)\n"
        "log.csv:5:20: error: '-1' is no duration (must be hours, from 0 to 100 years of them)\n"
        "log.csv:5:23: error: 'many' is no number of services\n"
        "log.csv:6:1: error: has 3 fields (the header has 4)\n"
        "      = a field with a comma in it stands in quotes\n"
        "log.csv:7:19: error: ends more than 100 years after it starts\n");
}

TEST_CASE("bad records can be left out, and are counted") {
  const IncidentLog log =
      read("start,end\nx,y\n2025-01-02T00:00Z,2025-01-02T01:00Z\n", {{}, {}, false, true});
  CHECK(log.bad_records == 1);
  CHECK(log.records == 2);
  CHECK(log.postings.size() == 1);
}

TEST_CASE("errors beyond the twentieth are counted") {
  std::string text = "start\n";
  for (int i = 0; i < 30; ++i) text += "x\n";
  const std::string told = complaint(text);
  CHECK(told.ends_with("… and 10 more (30 errors in all)\n"));
}

TEST_CASE("logs without what is needed are refused") {
  CHECK(complaint("").starts_with("log.csv:1:1: error: the log is empty"));
  CHECK(complaint("a,b\n1,2\n").find("there are a, b") != std::string::npos);
  CHECK(complaint("start,start\n").starts_with("log.csv:1:7: error: the column start stands twice"));
  const IncidentReading mapped{{{IncidentColumn::start, "opend"}}, {}, false, false};
  CHECK(complaint("opened\n", mapped).find("did you mean opened?") != std::string::npos);
  CHECK(complaint("start\n", {{}, {{"aws"}, {}, {}}, false, false})
            .find("no column has what --provider asks for") != std::string::npos);
  CHECK(complaint("start\n", {{}, {{}, {"r"}, {}}, false, false}).find("--region") != std::string::npos);
  CHECK(complaint("start\n", {{}, {{}, {}, {"s"}}, false}).find("--severity") != std::string::npos);
  CHECK(complaint("start\n", {{}, {}, true, false}).find("--minimum-services") != std::string::npos);
  CHECK(complaint("start,n_services\n", {{}, {}, true, false}).empty());
}

}  // namespace incident_log_test
