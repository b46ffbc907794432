// Every file of tests/config/bad stands beside the exact message that it must give. After a change of
// wording, HEDGEROW_UPDATE_EXPECTED=1 writes the messages anew; read the difference before you keep it.

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "apps/config/load.hpp"

namespace corpus_test {

using namespace hedgerow::config;
namespace fs = std::filesystem;

namespace {

const fs::path corpus = HEDGEROW_CONFIG_CORPUS;

std::string text_of_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The rendered diagnostics of a config; empty: it is good.
std::string message_of(const fs::path& path) {
  try {
    load_config(Source{path.filename().string(), text_of_file(path)});
    return "";
  } catch (const ConfigError& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("each bad config gives its message") {
  const bool update = std::getenv("HEDGEROW_UPDATE_EXPECTED") != nullptr;
  int count = 0;
  for (const auto& entry : fs::directory_iterator(corpus / "bad")) {
    if (entry.path().extension() != ".yaml") continue;
    ++count;
    CAPTURE(entry.path().filename().string());
    const fs::path expected = fs::path(entry.path()).replace_extension(".expected");
    const std::string message = message_of(entry.path());
    CHECK(!message.empty());
    if (update) std::ofstream(expected, std::ios::binary) << message;
    CHECK(message == text_of_file(expected));
  }
  CHECK(count >= 80);
}

TEST_CASE("each good config is read, and YAML and JSON of one name mean the same") {
  int pairs = 0;
  for (const auto& entry : fs::directory_iterator(corpus / "good")) {
    CAPTURE(entry.path().filename().string());
    CHECK(message_of(entry.path()) == "");
    const fs::path json = fs::path(entry.path()).replace_extension(".json");
    if (entry.path().extension() != ".yaml" || !fs::exists(json)) continue;
    ++pairs;
    CHECK(load_config(entry.path().string()).canonical_text == load_config(json.string()).canonical_text);
  }
  CHECK(pairs >= 1);
}

TEST_CASE("the minimal config has no errors and fits on one screen") {
  const std::string text = text_of_file(corpus / "../../configs/minimal.yaml");
  CHECK(message_of(corpus / "../../configs/minimal.yaml") == "");
  CHECK(std::count(text.begin(), text.end(), '\n') < 40);
  CHECK(text.starts_with("# yaml-language-server: $schema=../docs/schema/config.schema.json\n"));
}

}  // namespace corpus_test
