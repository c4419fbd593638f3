// shop/analysis/answer.h -- questions and answers between JSON and the facts; inside this folder only.
#pragma once
#include "shop/analysis/api.h"
#include "shop/analysis/keeper.h"

namespace kindling::shop::analysis {

// Errors: unknown_fact_table, naming the field.
Result<Table> table_or_error(std::string const& name, std::string_view pointer);
// Errors: facts_no_such_column, facts_type_mismatch, facts_bad_query, amount_overflow, facts_corrupt, stopped.
Result<FactsAnswer> ask(facts::Table const&, FactsQuery const&, std::stop_token);
FactsAnswer answer_from(facts::ResultTable const&, std::int64_t limit);

Result<FactsAnswer> run_sql(Context&, FactsKeeper&, FactsSql const&);
Result<ExportedFacts> write_export(Context&, FactsKeeper&, ExportFacts const&);


}  // namespace kindling::shop::analysis
