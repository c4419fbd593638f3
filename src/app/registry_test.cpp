// The registry is tested, not trusted.
#include "app/app.h"
#include "gateway/render/registry_check.h"
#include <gmock/gmock.h>

namespace kindling::app {
namespace {

TEST(Registry, DeclaresEveryOperationCompletely) { EXPECT_THAT(gateway::registry_problems(registry_for_documents()), testing::IsEmpty()); }

}  // namespace
}  // namespace kindling::app
