// shop/activity/replies.h -- people of the shop in a conversation: they answer, take it over, give it back or close it.
//
// A conversation that is handed_over waits for a person; with_person, somebody answers and the guide is quiet until it is given back (open).
#pragma once
#include "shop/activity/api.h"

namespace kindling::shop {

// open: the guide answers; with_person: a person does; handed_over: a person shall; resolved: closed.
enum class ConversationStatus { open, with_person, resolved, handed_over };
BOOST_DESCRIBE_ENUM(ConversationStatus, open, with_person, resolved, handed_over)

// Appends what somebody of the shop says; an empty `status` leaves it as it is. Fails with conversation_not_found.
Result<void> say_in_conversation(Context&, std::string const& conversation_id, std::string const& body, std::string const& status);

std::vector<Operation> reply_operations();

}  // namespace kindling::shop
