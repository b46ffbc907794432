#include "apps/cli/failure.hpp"

#include <algorithm>
#include <new>

#include <fmt/format.h>

#include "apps/cli/output.hpp"
#include "apps/cli/usage.hpp"
#include "apps/config/diagnostic.hpp"
#include "apps/config/source.hpp"
#include "apps/import/findings.hpp"
#include "apps/parts/part.hpp"
#include "apps/results/document.hpp"
#include "apps/results/file.hpp"
#include "apps/results/format.hpp"
#include "apps/tables/database.hpp"
#include "engine/base/check.hpp"
#include "engine/base/rows.hpp"
#include "models/assess/assess.hpp"

namespace hedgerow::cli {
namespace {

Failure complaint(ExitCode code, std::string_view text) {
  std::string clean;  // what users typed must not steer their terminal; our own line breaks stay
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    clean += (at == 0 ? "" : "\n") + results::printable(text.substr(at, end - at));
    at = end + 1;
  }
  return {code, fmt::format("hedgerow: {}\n", clean)};
}

}  // namespace

Failure current_failure() {
  try {
    throw;
  } catch (const Failed& error) {
    return error.failure();
  } catch (const UsageError& error) {
    return complaint(ExitCode::usage_or_config, error.what());
  } catch (const config::ConfigError& error) {
    return {ExitCode::usage_or_config, error.what()};
  } catch (const intake::BadData& error) {
    return {ExitCode::bad_input, error.what()};
  } catch (const results::BadResults& error) {
    return complaint(ExitCode::bad_input, error.what());
  } catch (const parts::BadPart& error) {
    return complaint(ExitCode::bad_input, error.what());
  } catch (const tables::ForeignDatabase& error) {
    return complaint(ExitCode::bad_input, error.what());
  } catch (const InvalidInput& error) {
    return complaint(ExitCode::usage_or_config, error.what());
  } catch (const config::UnreadableFile& error) {
    return complaint(ExitCode::read_or_write, error.what());
  } catch (const models::Stopped& stopped) {
    return complaint(ExitCode::interrupted, stopped.what());
  } catch (const ClosedPipe&) {
    return {};
  } catch (const results::WriteError& error) {
    return complaint(ExitCode::read_or_write, error.what());
  } catch (const SpillFailed& error) {
    return complaint(ExitCode::read_or_write, error.what());
  } catch (const std::bad_alloc&) {
    return complaint(ExitCode::usage_or_config, "out of memory (ask for fewer paths or strategies)");
  } catch (const std::exception& error) {
    return complaint(ExitCode::defect, fmt::format("a defect of ours, please report it: {}", error.what()));
  }
}

}  // namespace hedgerow::cli
