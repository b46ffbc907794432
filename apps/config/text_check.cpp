#include "apps/config/text_check.hpp"

#include <fmt/format.h>

#include "apps/config/utf8.hpp"

namespace hedgerow::config {
namespace {

constexpr std::string_view utf8_hint = "save the file as UTF-8";

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

/// What is wrong with the character at `offset`; empty: nothing.
std::string fault(std::string_view text, std::size_t offset, const utf8::Character& c) {
  if (!c.valid) return fmt::format("byte 0x{:02x} is not UTF-8", static_cast<unsigned>(c.code));
  if (c.code == '\n' || c.code == '\t') return "";
  if (c.code == '\r' && utf8::character_at(text, offset + 1).code == '\n') return "";
  if (c.code == 0) return "a NUL byte: this is a binary file, not a config";
  if (utf8::is_control(c.code))
    return fmt::format("control character U+{:04X} is not allowed", static_cast<unsigned>(c.code));
  return "";
}

}  // namespace

bool check_text(const Source& source, std::size_t origin, Reporter& reporter) {
  const std::string_view text = source.text;
  if (is_blank(text)) {
    reporter.error({0, 0, origin}, "the config is empty", "`hedgerow init` prints one");
    return false;
  }
  std::size_t line = 1, line_begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto c = utf8::character_at(text, at);
    const std::string message = fault(text, at, c);
    if (!message.empty()) {
      reporter.error({line, at - line_begin + 1, origin}, message, c.valid ? "" : std::string(utf8_hint));
      return false;
    }
    at += c.size;
    if (c.code == '\n') {
      ++line;
      line_begin = at;
    }
  }
  return true;
}

}  // namespace hedgerow::config
