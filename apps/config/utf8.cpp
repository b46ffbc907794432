#include "apps/config/utf8.hpp"

#include <fmt/format.h>

namespace hedgerow::config::utf8 {
namespace {

unsigned byte_at(std::string_view text, std::size_t offset) {
  return static_cast<unsigned char>(text[offset]);
}

/// Length that the first byte announces; 0: it cannot begin a character.
std::size_t announced(unsigned first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (first >= 0xE0 && first <= 0xEF) return 3;
  if (first >= 0xF0 && first <= 0xF4) return 4;
  return 0;
}

bool allowed(char32_t code, std::size_t size) {
  if (size == 3) return code >= 0x800 && (code < 0xD800 || code > 0xDFFF);
  if (size == 4) return code >= 0x10000 && code <= 0x10FFFF;
  return true;
}

/// Calls `visit(character, bytes)` for every character.
template <class Visit>
void for_each(std::string_view text, Visit&& visit) {
  for (std::size_t at = 0; at < text.size();) {
    const Character c = character_at(text, at);
    visit(c, text.substr(at, c.size));
    at += c.size;
  }
}

}  // namespace

Character character_at(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return {};
  const unsigned first = byte_at(text, offset);
  const std::size_t size = announced(first);
  const Character broken{first, 1, false};
  if (size == 0 || offset + size > text.size()) return broken;
  char32_t code = size == 1 ? first : first & (0x7Fu >> size);
  for (std::size_t i = 1; i < size; ++i) {
    const unsigned next = byte_at(text, offset + i);
    if ((next & 0xC0u) != 0x80u) return broken;
    code = (code << 6) | (next & 0x3Fu);
  }
  return allowed(code, size) ? Character{code, size, true} : broken;
}

bool is_control(char32_t code) {
  return code < 0x20 || (code >= 0x7F && code <= 0x9F) || (code >= 0x2028 && code <= 0x202E) ||
         (code >= 0x2066 && code <= 0x2069);
}

std::size_t length(std::string_view text) {
  std::size_t count = 0;
  for_each(text, [&](const Character&, std::string_view) { ++count; });
  return count;
}

std::string substring(std::string_view text, std::size_t begin, std::size_t count) {
  std::string part;
  std::size_t index = 0;
  for_each(text, [&](const Character&, std::string_view bytes) {
    if (index >= begin && index - begin < count) part += bytes;
    ++index;
  });
  return part;
}

std::string shortened(std::string_view text, std::size_t most) {
  if (text.size() <= most || length(text) <= most) return std::string(text);
  return substring(text, 0, most) + "…";
}

std::string printable(std::string_view text) {
  std::string shown;
  for_each(text, [&](const Character& c, std::string_view bytes) {
    if (!c.valid || (is_control(c.code) && c.code < 0x100))
      shown += fmt::format("\\x{:02x}", static_cast<unsigned>(c.code));
    else if (is_control(c.code))
      shown += fmt::format("\\u{{{:04x}}}", static_cast<unsigned>(c.code));
    else
      shown += bytes;
  });
  return shown;
}

std::string blanked(std::string_view text) {
  std::string shown;
  for_each(text, [&](const Character& c, std::string_view bytes) {
    if (!c.valid)
      shown += '?';
    else if (is_control(c.code))
      shown += ' ';
    else
      shown += bytes;
  });
  return shown;
}

}  // namespace hedgerow::config::utf8
