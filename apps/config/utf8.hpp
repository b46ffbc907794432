#pragma once
// UTF-8 text: where it is broken, how long it is, and how it is shown safely.

#include <cstddef>
#include <string>
#include <string_view>

namespace hedgerow::config::utf8 {

/// One character of a text. `size` is 0 at the end; `valid` is false where the bytes are no UTF-8
/// (overlong forms, surrogates and code points above U+10FFFF included), then size is 1.
struct Character {
  char32_t code = 0;
  std::size_t size = 0;
  bool valid = true;
};
Character character_at(std::string_view text, std::size_t offset);

/// Control characters (C0, DEL, C1), line and paragraph separators, and the invisible marks that
/// change the direction of text.
bool is_control(char32_t code);

/// Number of characters; a broken byte counts as one.
std::size_t length(std::string_view text);

/// Up to `count` characters from the character `begin` on.
std::string substring(std::string_view text, std::size_t begin, std::size_t count);

/// The text, or its beginning and … where it has more than `most` characters.
std::string shortened(std::string_view text, std::size_t most);

/// The same text with control characters and broken bytes as \xNN or \u{NNNN}.
std::string printable(std::string_view text);

/// The same text with a blank for every control character and ? for every broken byte: as wide as
/// the text has characters, so that a caret below it stands right.
std::string blanked(std::string_view text);

}  // namespace hedgerow::config::utf8
