#include "apps/config/schema.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace schema_test {

TEST_CASE("the published schema is the one that the declarations give") {
  // After a change of a key, HEDGEROW_UPDATE_EXPECTED=1 publishes the schema anew.
  const std::string path = HEDGEROW_SOURCE_DIR "/docs/schema/config.schema.json";
  const std::string generated = hedgerow::config::config_schema();
  if (std::getenv("HEDGEROW_UPDATE_EXPECTED") != nullptr) std::ofstream(path, std::ios::binary) << generated;
  std::ifstream in(path, std::ios::binary);
  const std::string published{std::istreambuf_iterator<char>(in), {}};
  CHECK((published == generated));
}

}  // namespace schema_test
