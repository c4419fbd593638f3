// modules/dialogue/telling.h -- a turn told while it is made, through Context::tell, to whoever follows along:
//
//   understood {locale, understood}          the limits in force, before anything is looked for
//   block      {at, block}                   part `at` of the answer, verified; one with the same number takes the place of the other
//   words      {at, text, anew}              more of a model's words for part `at`, verified; anew: in place of those before. An empty
//                                            text: words are being awaited there
//   kept       {conversation_id, basket_id}  the turn is committed
//   again      {}                            the answer is made anew: what follows takes the place of all parts so far
//
// What changes a basket is told when it is committed, everything else at once. Texts that a model is to word are kept back, cards are not.
// Nothing here waits: the turn's transaction is open. One turn, one thread. Costs nothing when nobody follows.
#pragma once
#include "modules/dialogue/guide.h"
#include "shop/context.h"

namespace kindling::dialogue {

class Telling {
public:
    enum class Texts { told, for_the_model };
    Telling(Context const& context, Texts texts) : context_(context), texts_(texts) {}

    Emit emit();
    void changing() { committed_ = false; }  // a basket is about to change
    void kept(std::string const& conversation_id, std::string const& basket_id);
    void again(Turn const&);
    void piece(std::string_view text, bool anew);
    void built_in();                         // the texts that were kept back are told after all

private:
    void block(Block const&);
    void send(std::size_t at, Block const&);
    Context const& context_;
    Texts texts_;
    bool committed_ = true;
    std::size_t next_ = 0;
    std::optional<std::size_t> words_at_;
    std::vector<std::pair<std::size_t, Block>> texts_kept_, uncommitted_;
    std::int64_t pieces_ = 0;
};

// The basket of a turn that is told: changes are announced before they are made.
class ToldBasket final : public Basket {
public:
    ToldBasket(Basket& inner, Telling& telling) : inner_(inner), telling_(telling) {}
    Result<void> add(std::string& basket_id, std::string const& sku, std::int64_t quantity) override { return telling_.changing(), inner_.add(basket_id, sku, quantity); }
    Result<void> remove(std::string const& basket_id, std::string const& sku) override { return telling_.changing(), inner_.remove(basket_id, sku); }
    Result<void> set(std::string const& basket_id, std::string const& sku, std::int64_t quantity) override { return telling_.changing(), inner_.set(basket_id, sku, quantity); }
    Result<std::vector<Line>> lines(std::string const& basket_id) override { return inner_.lines(basket_id); }

private:
    Basket& inner_;
    Telling& telling_;
};

}  // namespace kindling::dialogue
