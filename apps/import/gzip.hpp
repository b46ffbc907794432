#pragma once
// Files as they are shipped: plain, or packed by gzip.

#include <string>

#include "apps/import/byte_source.hpp"

namespace hedgerow::intake {

/// The bytes of `packed`, unpacked if they begin as gzip does, as they are otherwise. Several gzip members in
/// a row are one text (RFC 1952), so that packed parts can be joined by `cat`. `name`: for messages.
/// Throws BadData, then or later, where the packed data are damaged or end too early.
ByteSource unpacked(std::string name, ByteSource packed);

}  // namespace hedgerow::intake
