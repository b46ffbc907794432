#include "apps/import/contract_applied.hpp"

#include <doctest/doctest.h>

namespace hedgerow::intake {
namespace {

TEST_CASE("each element is read, its cost to the last digit") {
  const auto read = read_contract_applied(
      R"({"Elements":[{"ContractId":"C1","ContractCommitmentId":"CC1","ContractCommitmentAppliedCost":124.61563281600000123},
          {"x":{"ContractCommitmentId":"inner"},"ContractCommitmentId":"CC2","ContractCommitmentAppliedCost":"-3"},
          {"ContractCommitmentId":"CC3"}],"Other":[{"ContractCommitmentAppliedCost":9}]})");
  REQUIRE(read);
  REQUIRE(read->size() == 3);
  CHECK((*read)[0].contract == "C1");
  CHECK((*read)[0].commitment == "CC1");
  CHECK((*read)[0].cost.exact() == "124.61563281600000123");
  CHECK((*read)[1].commitment == "CC2");
  CHECK((*read)[1].cost.exact() == "-3");
  CHECK((*read)[2].cost.is_zero());
}

TEST_CASE("no elements are none") { CHECK(read_contract_applied(R"({"Elements":[]})")->empty()); }

TEST_CASE("what is no such JSON is refused") {
  for (const char* text :
       {"", "{", "not json", R"({"Elements":[{"ContractId":"C1"}]})",
        R"({"Elements":[{"ContractCommitmentId":"a","ContractCommitmentAppliedCost":"much"}]})",
        R"({"Elements":[{"ContractCommitmentId":"a","ContractCommitmentAppliedCost":1e300}]})"}) {
    CAPTURE(text);
    CHECK_FALSE(read_contract_applied(text));
  }
}

}  // namespace
}  // namespace hedgerow::intake
