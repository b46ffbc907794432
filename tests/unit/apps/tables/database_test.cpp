#include "apps/tables/database.hpp"

#include <doctest/doctest.h>

#include <filesystem>

#include "apps/tables/sqlite.hpp"

namespace database_test {

using namespace hedgerow::tables;

namespace {

/// A file of its own for each test.
struct Folder {
  std::string path = (std::filesystem::temp_directory_path() / "hedgerow-database-XXXXXX").string();
  Folder() { REQUIRE(::mkdtemp(path.data()) != nullptr); }
  ~Folder() { std::filesystem::remove_all(path); }
};

/// The tables that the schema's indexes name, small.
std::vector<Table> small_tables() {
  const Column text{"name", Type::text};
  return {{"runs", {{"config_name", Type::text}}, {{std::string("'); DROP TABLE runs; --")}}},
          {"measures",
           {{"strategy", Type::text},
            {"measure", Type::text},
            {"statistic", Type::text},
            {"level", Type::real},
            {"value", Type::real}},
           {{std::string("a\"b"), std::string("m"), std::string("mean"), Cell(), 0.1}}},
          {"inputs", {{"path", Type::text}}, {}},
          {"limits", {text}, {{std::string("é")}, {std::string("")}}}};
}

}  // namespace

TEST_CASE("runs are added with their ids, texts stay texts") {
  const Folder folder;
  const std::string file = folder.path + "/runs.sqlite";
  require_appendable(file);
  CHECK_FALSE(std::filesystem::exists(file));
  CHECK(append_run(small_tables(), file) == 1);
  CHECK(append_run(small_tables(), file) == 2);
  require_appendable(file);
  Connection connection(file, Connection::Mode::existing);
  CHECK(connection.number("SELECT count(*) FROM runs WHERE config_name = '''); DROP TABLE runs; --'") == 2);
  CHECK(connection.number("SELECT count(*) FROM limits WHERE run_id = 2") == 2);
  CHECK(connection.number("SELECT count(*) FROM measures WHERE strategy = 'a\"b' AND level IS NULL AND "
                          "value = 0.1") == 2);
  CHECK(connection.number("PRAGMA user_version") == schema_version);
}

TEST_CASE("a run that fails half way leaves nothing") {
  const Folder folder;
  const std::string file = folder.path + "/runs.sqlite";
  append_run(small_tables(), file);
  std::vector<Table> wrong = small_tables();
  wrong.push_back({"unknown", {{"x", Type::text}}, {{std::string("y")}}});
  CHECK_THROWS(append_run(wrong, file));
  Connection connection(file, Connection::Mode::existing);
  CHECK(connection.number("SELECT count(*) FROM runs") == 1);
  CHECK(connection.number("SELECT count(*) FROM measures") == 1);
}

TEST_CASE("other versions and other programs are refused") {
  const Folder folder;
  const std::string file = folder.path + "/runs.sqlite";
  append_run(small_tables(), file);
  for (const char* change :
       {"PRAGMA user_version = 2", "PRAGMA user_version = 0", "PRAGMA application_id = 5"}) {
    const std::string copy = file + "-copy";
    std::filesystem::copy_file(file, copy, std::filesystem::copy_options::overwrite_existing);
    Connection(copy, Connection::Mode::existing).run(change);
    CHECK_THROWS_AS(require_appendable(copy), ForeignDatabase);
    CHECK_THROWS_AS(append_run(small_tables(), copy), ForeignDatabase);
  }
}

}  // namespace database_test
