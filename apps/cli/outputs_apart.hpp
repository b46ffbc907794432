#pragma once
// What is read must not be overwritten, nor one output by another.

#include <string>

namespace hedgerow::cli {

/// Throws UsageError where both paths lead to one file, there already or not; the names, such as `-o`, are
/// for the message. Two that are empty, or `-` as input and output, are apart; devices and pipes always are.
void require_apart(const std::string& name, const std::string& path, const std::string& other_name,
                   const std::string& other_path);

}  // namespace hedgerow::cli
