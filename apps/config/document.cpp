#include "apps/config/document.hpp"

#include <fmt/format.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <array>
#include <optional>
#include <sstream>
#include <utility>

#include "apps/config/tree_builder.hpp"

namespace hedgerow::config {
namespace {

struct Wording {
  std::string_view parser, ours, hint;
};
/// The parser's words for common slips, in plainer ones.
constexpr std::array<Wording, 11> wordings{{
    {"illegal map value", "a colon is out of place here", "put text that contains ': ' in quotes"},
    {"illegal map key", "a key is out of place here",
     "compare the indentation and the quotes with the lines above"},
    {"illegal block entry", "a list item is out of place here",
     "compare the indentation and the quotes with the lines above"},
    {"end of map not found", "this line fits none of the maps above it",
     "compare the indentation and the quotes with the lines above"},
    {"end of sequence not found", "this line fits none of the lists above it",
     "compare the indentation and the quotes with the lines above"},
    {"end of map flow not found", "a map opened with { is not closed",
     "a }, a comma or the blank after a colon is missing"},
    {"end of sequence flow not found", "a list opened with [ is not closed",
     "a ], a comma or the blank after a colon is missing"},
    {"illegal EOF in scalar", "quoted text is not closed", "a closing quote is missing"},
    {"the referenced anchor is not defined", "aliases (*name) are not allowed",
     "put text that begins with * in quotes"},
    {"unknown token", "text cannot begin with this character", "put it in quotes"},
    {"illegal flow end", "a closing bracket has no opening one", ""},
}};

/// First place up to line `last` where a line is indented with a tab; line 0: none is.
Mark tab_indentation(std::string_view text, std::size_t last, std::size_t origin) {
  std::size_t begin = 0;
  for (std::size_t number = 1; number <= last && begin < text.size(); ++number) {
    const auto line = text.substr(begin, text.find('\n', begin) - begin);
    const auto blanks = line.substr(0, line.find_first_not_of(" \t\r"));
    const auto tab = blanks.find('\t');
    if (blanks.size() < line.size() && tab != std::string_view::npos) return {number, tab + 1, origin};
    begin += line.size() + 1;
  }
  return {};
}

void report_syntax(const YAML::Exception& error, const TreeBuilder& builder, const Source& source,
                   Reporter& reporter) {
  const Mark mark = builder.mark_of(error.mark);
  if (const Mark tab = tab_indentation(source.text, mark.line + 1, mark.origin); tab.line != 0)
    return reporter.error(tab, "a tab in the indentation (only spaces are allowed)",
                          "replace each tab by two spaces");
  for (const auto& wording : wordings)
    if (error.msg == wording.parser)
      return reporter.error(mark, std::string(wording.ours), std::string(wording.hint));
  reporter.error(mark, fmt::format("not YAML or JSON: {}", error.msg));
}

}  // namespace

bool Node::is_word(std::string_view word) const { return is(Kind::scalar) && !quoted && text == word; }

bool Node::is_text(std::string_view word) const { return is(Kind::scalar) && text == word; }

const Entry* Node::find(std::string_view key) const {
  for (const auto& entry : entries)
    if (entry.key == key) return &entry;
  return nullptr;
}
Entry* Node::find(std::string_view key) {
  return const_cast<Entry*>(std::as_const(*this).find(key));  // NOLINT(cppcoreguidelines-pro-type-const-cast)
}

const Mark& Entry::place() const {
  const bool same_line = value.mark.line == key_mark.line && value.mark.origin == key_mark.origin;
  return same_line && !value.is(Node::Kind::null) ? value.mark : key_mark;
}

std::string_view kind_name(const Node& node) {
  switch (node.kind) {
    case Node::Kind::null:
      return "empty";
    case Node::Kind::scalar:
      return node.text == gap ? "still to be filled in" : "a single value";
    case Node::Kind::sequence:
      return "a list";
    case Node::Kind::map:
      return "a map";
    case Node::Kind::rejected:
      break;
  }
  return "not allowed";
}

std::optional<Node> parse_document(const Source& source, std::size_t origin, Reporter& reporter) {
  std::istringstream stream(source.text);
  TreeBuilder builder(source, origin, reporter);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& error) {
    report_syntax(error, builder, source, reporter);
    return std::nullopt;
  } catch (const StopParsing&) {
    return std::nullopt;
  }
  return builder.take_root();
}

}  // namespace hedgerow::config
