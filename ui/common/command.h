#pragma once

#include <QIcon>
#include <QKeySequence>
#include <QString>

#include <functional>

namespace headgate::ui {

// Something that one can go to or do: a mode, a menu's action, a node, a file, a setting.
struct Command
{
    QString id{}; // stable across starts: recent ones are remembered by it
    QString title{};
    QString detail{};   // beside the title: a path, a kind; may be empty
    QString keywords{}; // also found by; not shown
    QKeySequence shortcut{};
    QIcon icon{};
    std::function<void()> run{};
};

// Commands of one kind. Asked each time the list opens; a screen adds its own source to the
// window's and is found from then on.
struct CommandSource
{
    enum class Kind { Place, Action }; // "commands only" leaves places out

    QString section{};
    Kind kind = Kind::Place;
    std::function<QList<Command>()> commands{};
};

} // namespace headgate::ui
