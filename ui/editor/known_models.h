#pragma once

#include "core/catalog/model_catalog.h"
#include "core/policy/policy_document.h"

#include <QList>
#include <QStringList>

#include <functional>

namespace headgate::ui {

// A model that a policy may take in, as the catalog has it.
struct KnownModel
{
    QString label; // "Heron"
    QString provider;
    QString model;              // the provider's own id
    std::optional<Price> price; // today's; none: unknown
    bool isReady = false;       // its provider can be called here
    bool isSimulated = false;

    bool operator==(const KnownModel &) const = default;
};

using KnownModelsSource = std::function<QList<KnownModel>()>;

// The chat models of the catalog: those of the providers that can be called first, then the rest,
// each in the catalog's order. Models that their provider has retired are left out.
QList<KnownModel> knownModels(const catalog::ModelCatalog &catalog, const QStringList &ready,
                              QDate today);

// The entry by which the policy calls the model: the one that it has, or a new one with a name that
// is free. Its price stays the catalog's.
policy::Model modelOfPolicy(const policy::PolicyDocument &document, const KnownModel &known);

// One that the user is about to describe: a free name, no provider yet.
policy::Model modelByHand(const policy::PolicyDocument &document);

// "$0.10 / $0.40 per 1M"; "price unknown".
QString priceText(const KnownModel &known);

} // namespace headgate::ui
