// gateway/render/reference.h -- the reference pages: Markdown, one per module and language, and an index for each language.
#pragma once
#include "core/operation.h"
#include <string>
#include <vector>

namespace kindling::gateway {

struct ReferencePage {
    std::string path;  // below docs/reference: "en/catalogue.md", "zh/README.md"
    std::string text;
};

// Every operation with its sentence, scenario, effect, permission, fields (type, rules, meaning), reasons, and the same example
// for curl, the command line and an agent. Pure; the same registry gives the same pages, sorted by path.
std::vector<ReferencePage> reference_pages(Registry const&);

}  // namespace kindling::gateway
