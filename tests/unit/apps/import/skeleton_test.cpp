#include "apps/import/skeleton.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <random>

namespace hedgerow::intake {
namespace {

TEST_CASE("names are free to use in a config, each once") {
  ConfigNames names({"contracts"});
  CHECK(names.make("Amazon Web Services, Inc.", "x") == "amazon-web-services-inc");
  CHECK(names.make("amazon web SERVICES inc", "x") == "amazon-web-services-inc-2");
  CHECK(names.make("contracts", "x") == "contracts-2");
  CHECK(names.make("云", "provider") == "provider");
  CHECK(names.make("", "provider") == "provider-2");
  CHECK(names.make(std::string(500, 'a'), "x").size() == 60);
}

TEST_CASE("percentages add up to 100 and lie within a tenth of the shares") {
  std::mt19937 random(20241);
  for (int round = 0; round < 500; ++round) {
    std::vector<double> amounts(1 + random() % 40);
    double sum = 0.0;
    for (double& amount : amounts)
      sum += amount = static_cast<double>(random() % 1000) + (&amount == &amounts[0] ? 1.0 : 0.0);
    const std::vector<std::string> shares = percentages(amounts);
    REQUIRE(shares.size() == amounts.size());
    long tenths = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
      const double percent = shares[i].empty() ? 0.0 : std::strtod(shares[i].c_str(), nullptr);
      tenths += std::lround(10.0 * percent);
      CHECK(std::abs(percent - 100.0 * amounts[i] / sum) < 0.1);
    }
    CHECK(tenths == 1000);
  }
}

TEST_CASE("percentages have one decimal, and 0 is empty") {
  CHECK(percentages({2.0, 1.0}) == std::vector<std::string>{"66.7%", "33.3%"});
  CHECK(percentages({1.0, 0.0}) == std::vector<std::string>{"100.0%", ""});
  CHECK(percentages({1e9, 1.0}) == std::vector<std::string>{"100.0%", ""});
}

TEST_CASE("texts are safe in YAML, sources short") {
  CHECK(yaml_text("a \"b\" \\ c\n") == R"("a \"b\" \\ c\\x0a")");
  CHECK(comment("one\ntwo") == "one\\x0atwo");
  CHECK(source_name("/data/bills/2024.csv.gz") == "2024.csv.gz");
  CHECK(source_name("folder/") == "folder");
  CHECK(source_name("-") == "standard input");
}

TEST_CASE("a contract that begins after the horizon has no start") {
  const int begin = 12 * 2026;
  CHECK(contract_start(begin - 30, begin) == "2023-07");
  CHECK(contract_start(begin + skeleton_months - 1, begin) == "2030-12");
  CHECK(contract_start(begin + skeleton_months, begin) == "FILL_IN");
}

TEST_CASE("numbers are readable and have six digits") {
  CHECK(plain_number(0.0278459123) == "0.0278459");
  CHECK(plain_number(1234567.8) == "1234568");
  CHECK(plain_number(123456.0) == "123456");
  CHECK(plain_number(1e-9) == "1e-09");
}

}  // namespace
}  // namespace hedgerow::intake
