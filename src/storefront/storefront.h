// storefront/storefront.h -- the pages that shoppers see, written by the server, in Chinese and English, readable without scripts.
//
//   /                          to /zh/ or /en/, as the visitor prefers      /zh/search            words, filters, pages
//   /zh/                       home                                          /zh/basket            what is in it; POST changes it
//   /zh/c/{category}           one category with its filters                 /zh/checkout          one form, one order
//   /zh/p/{product}            one product                                   /zh/order/{id}        where an order is
//   /zh/policy/{topic}         the shop's own words                          /zh/account           one's orders, or one order by its proof
//   /zh/account/...            sign-in, sign-up, sign-out, reset, details, address, password, privacy, export, close
//   /zh/suggest                completions while typing (JSON)               /guide/ask            the shopping guide, as events
//   /static/*  /sitemap.xml  /robots.txt  /products/{id}  /checkout
//
// A page asks the shop's operations by name, as every other client does; what it shows is escaped by the one writer (html.h).
// Visitors are always shoppers here: a member of staff who looks at the shop sees what customers see.
#pragma once
#include "gateway/front/front.h"
#include <memory>

namespace kindling::storefront {

class Site;  // site.h

// Thread-safe. The Front must outlive it, and it must outlive the router.
class Storefront {
public:
    explicit Storefront(gateway::Front&);
    ~Storefront();
    void add_to(gateway::Router&);

private:
    std::unique_ptr<Site> site_;
};

}  // namespace kindling::storefront
