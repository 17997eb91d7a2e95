#pragma once

#include "ui/common/fields/field_editor.h"

class QCheckBox;
class QComboBox;
class QListWidget;
class QToolButton;

namespace headgate::ui {

// One of several words; without a value the default is shown.
class ChoiceField : public FieldEditor
{
    Q_OBJECT
public:
    // `none`: what stands first and means no value; empty where there must be one.
    ChoiceField(const policy::Field &field, const QStringList &choices, const QString &none);
    void setValue(const Json &value) override;
    void setMixed() override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

protected:
    QComboBox &box() const { return *m_box; }
    virtual void take(int index); // that the user has chosen

private:
    QComboBox *m_box = nullptr;
    QString m_default;
};

// One of the policy's models; the last line asks for one that it does not have yet.
class ModelField final : public ChoiceField
{
    Q_OBJECT
public:
    ModelField(const policy::Field &field, const FieldContext &context);
    void setValue(const Json &value) override;

protected:
    void take(int index) override;

private:
    Json m_value;
};

class BooleanField final : public FieldEditor
{
    Q_OBJECT
public:
    explicit BooleanField(const policy::Field &field);
    void setValue(const Json &value) override;
    void setMixed() override;

private:
    QCheckBox *m_box = nullptr;
    bool m_default = false;
};

// Several of the policy's models, in order: a tick takes one in, the arrows move it.
class ModelsField final : public FieldEditor
{
    Q_OBJECT
public:
    ModelsField(const policy::Field &field, const FieldContext &context);
    void setValue(const Json &value) override;
    void setMixed() override;

private:
    void write();
    void moveCurrent(int by);

    QStringList m_models;
    QListWidget *m_list = nullptr;
    QList<QToolButton *> m_arrows;
};

} // namespace headgate::ui
