#include "apps/tables/csv.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "apps/results/file.hpp"

namespace hedgerow::tables {
namespace {

constexpr std::string_view line_end = "\r\n";

std::string in_quotes(std::string_view text) {
  if (!text.empty() && text.find_first_of(",\"\r\n") == std::string_view::npos && text.front() != ' ' &&
      text.back() != ' ')
    return std::string(text);
  std::string field = "\"";
  for (const char c : text) field += c == '"' ? "\"\"" : std::string(1, c);
  return field + "\"";
}

/// What spreadsheets might run is marked as text.
std::string guarded(const std::string& text) {
  constexpr std::string_view suspicious = "=+-@\t\r\n'";
  return !text.empty() && suspicious.find(text.front()) != std::string_view::npos ? "'" + text : text;
}

struct Field {
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(const std::string& text) const { return in_quotes(guarded(text)); }
  std::string operator()(std::int64_t number) const { return fmt::format("{}", number); }
  std::string operator()(double number) const { return fmt::format("{}", number); }
};

std::string file_of(const Table& table, const std::string& directory) {
  return (std::filesystem::path(directory) / fmt::format("{}.csv", table.name)).string();
}

}  // namespace

std::string to_csv(const Table& table) {
  std::string text;
  for (const Column& column : table.columns)
    text += fmt::format("{}{}", text.empty() ? "" : ",", column.name);
  text += line_end;
  for (const Row& row : table.rows) {
    for (std::size_t c = 0; c < row.size(); ++c) text += (c == 0 ? "" : ",") + std::visit(Field{}, row[c]);
    text += line_end;
  }
  return text;
}

void write_csv(const std::vector<Table>& tables, const std::string& directory) {
  std::error_code failed;
  std::filesystem::create_directory(directory, failed);
  if (failed) throw results::WriteError(fmt::format("{}: cannot make it: {}", directory, failed.message()));
  for (const Table& table : tables) results::write_file(file_of(table, directory), to_csv(table));
}

void require_writable_directory(const std::string& directory) {
  std::error_code ignored;
  const std::filesystem::path path(directory);
  const auto status = std::filesystem::status(path, ignored);
  if (std::filesystem::exists(status) && !std::filesystem::is_directory(status))
    throw results::WriteError(directory + ": is no directory");
  if (std::filesystem::is_directory(status)) return results::require_writable((path / "runs.csv").string());
  results::require_writable((path.has_filename() ? path : path.parent_path()).string());  // it will be made
}

}  // namespace hedgerow::tables
