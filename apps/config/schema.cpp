#include "apps/config/schema.hpp"

#include "apps/config/describe_study.hpp"
#include "apps/config/schema_writer.hpp"

namespace hedgerow::config {

std::string config_schema() {
  SchemaWriter writer;
  models::Study study;
  return writer.document(study).dump(2) + '\n';
}

}  // namespace hedgerow::config
