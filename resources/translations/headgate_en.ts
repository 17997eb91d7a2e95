<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<!-- English is the language of the sources; only texts that count something have two forms. They
     all stand in one context: see app/workbench/translation.h. tests/workbench/tst_translation.cpp
     names the texts that are missing here. -->
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>headgate</name>
    <message numerus="yes">
        <source>%1 %n more policies wait.</source>
        <translation>
            <numerusform>%1 %n more policy waits.</numerusform>
            <numerusform>%1 %n more policies wait.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n times)</source>
        <translation>
            <numerusform>%1 (%n time)</numerusform>
            <numerusform>%1 (%n times)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 (all %n)</source>
        <translation>
            <numerusform>%1 (all %n)</numerusform>
            <numerusform>%1 (all %n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 And %n more of this kind.</source>
        <translation>
            <numerusform>%1 And %n more of this kind.</numerusform>
            <numerusform>%1 And %n more of this kind.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n gates</source>
        <translation>
            <numerusform>%n gate</numerusform>
            <numerusform>%n gates</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n models</source>
        <translation>
            <numerusform>%n model</numerusform>
            <numerusform>%n models</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n nodes</source>
        <translation>
            <numerusform>%n node</numerusform>
            <numerusform>%n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n nodes are selected. Choose one to edit its settings.</source>
        <translation>
            <numerusform>%n node is selected.</numerusform>
            <numerusform>%n nodes are selected. Choose one to edit its settings.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n outputs</source>
        <translation>
            <numerusform>%n output</numerusform>
            <numerusform>%n outputs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n policies have changes that are not saved:</source>
        <translation>
            <numerusform>%n policy has changes that are not saved:</numerusform>
            <numerusform>%n policies have changes that are not saved:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n problems</source>
        <translation>
            <numerusform>%n problem</numerusform>
            <numerusform>%n problems</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n calls, %1</source>
        <translation>
            <numerusform>%n call, %1</numerusform>
            <numerusform>%n calls, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tries, %1</source>
        <translation>
            <numerusform>%n try, %1</numerusform>
            <numerusform>%n tries, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unsaved edits</source>
        <translation>
            <numerusform>%n unsaved edit</numerusform>
            <numerusform>%n unsaved edits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wires</source>
        <translation>
            <numerusform>%n wire</numerusform>
            <numerusform>%n wires</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Align %n nodes at their bottom</source>
        <translation>
            <numerusform>Align %n node at its bottom</numerusform>
            <numerusform>Align %n nodes at their bottom</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Align %n nodes at their left</source>
        <translation>
            <numerusform>Align %n node at its left</numerusform>
            <numerusform>Align %n nodes at their left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Align %n nodes at their right</source>
        <translation>
            <numerusform>Align %n node at its right</numerusform>
            <numerusform>Align %n nodes at their right</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Align %n nodes at their top</source>
        <translation>
            <numerusform>Align %n node at its top</numerusform>
            <numerusform>Align %n nodes at their top</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Bypass %n nodes</source>
        <translation>
            <numerusform>Bypass %n node</numerusform>
            <numerusform>Bypass %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Centre %n nodes one below the other</source>
        <translation>
            <numerusform>Centre %n node one below the other</numerusform>
            <numerusform>Centre %n nodes one below the other</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Centre %n nodes side by side</source>
        <translation>
            <numerusform>Centre %n node side by side</numerusform>
            <numerusform>Centre %n nodes side by side</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Change “%1” of %n nodes</source>
        <translation>
            <numerusform>Change “%1” of %n node</numerusform>
            <numerusform>Change “%1” of %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cut %n nodes</source>
        <translation>
            <numerusform>Cut %n node</numerusform>
            <numerusform>Cut %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n nodes</source>
        <translation>
            <numerusform>Delete %n node</numerusform>
            <numerusform>Delete %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n nodes and reconnect</source>
        <translation>
            <numerusform>Delete %n node and reconnect</numerusform>
            <numerusform>Delete %n nodes and reconnect</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n wires</source>
        <translation>
            <numerusform>Delete %n wire</numerusform>
            <numerusform>Delete %n wires</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Duplicate %n nodes</source>
        <translation>
            <numerusform>Duplicate %n node</numerusform>
            <numerusform>Duplicate %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Group %n nodes</source>
        <translation>
            <numerusform>Group %n node</numerusform>
            <numerusform>Group %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Make %n nodes active</source>
        <translation>
            <numerusform>Make %n node active</numerusform>
            <numerusform>Make %n nodes active</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n nodes</source>
        <translation>
            <numerusform>Move %n node</numerusform>
            <numerusform>Move %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n wires to “%1”</source>
        <translation>
            <numerusform>Move %n wire to “%1”</numerusform>
            <numerusform>Move %n wires to “%1”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mute %n nodes</source>
        <translation>
            <numerusform>Mute %n node</numerusform>
            <numerusform>Mute %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Paste %n nodes</source>
        <translation>
            <numerusform>Paste %n node</numerusform>
            <numerusform>Paste %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Space %n nodes evenly from left to right</source>
        <translation>
            <numerusform>Space %n node evenly from left to right</numerusform>
            <numerusform>Space %n nodes evenly from left to right</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Space %n nodes evenly from top to bottom</source>
        <translation>
            <numerusform>Space %n node evenly from top to bottom</numerusform>
            <numerusform>Space %n nodes evenly from top to bottom</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Tidy up %n nodes</source>
        <translation>
            <numerusform>Tidy up %n node</numerusform>
            <numerusform>Tidy up %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ungroup %n groups</source>
        <translation>
            <numerusform>Ungroup %n group</numerusform>
            <numerusform>Ungroup %n groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n models)</source>
        <translation>
            <numerusform>%1 (%n model)</numerusform>
            <numerusform>%1 (%n models)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n recorded calls of %1 were counted at another price: %2 instead of %3.</source>
        <translation>
            <numerusform>%n recorded call of %1 was counted at another price: %2 instead of %3.</numerusform>
            <numerusform>%n recorded calls of %1 were counted at another price: %2 instead of %3.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %n models the price is unknown: what they cost is counted as unknown, never as zero. Double-click a price to set your own.</source>
        <translation>
            <numerusform>Of %n model the price is unknown: what it costs is counted as unknown, never as zero. Double-click a price to set your own.</numerusform>
            <numerusform>Of %n models the price is unknown: what they cost is counted as unknown, never as zero. Double-click a price to set your own.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reachable in %1 · key accepted · %n models</source>
        <translation>
            <numerusform>Reachable in %1 · key accepted · %n model</numerusform>
            <numerusform>Reachable in %1 · key accepted · %n models</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reachable in %1 · no key is asked for · %n models</source>
        <translation>
            <numerusform>Reachable in %1 · no key is asked for · %n model</numerusform>
            <numerusform>Reachable in %1 · no key is asked for · %n models</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>paused, %n s</source>
        <translation>
            <numerusform>paused, %n s</numerusform>
            <numerusform>paused, %n s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>resting, %n s</source>
        <translation>
            <numerusform>resting, %n s</numerusform>
            <numerusform>resting, %n s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n jobs</source>
        <translation>
            <numerusform>%n job</numerusform>
            <numerusform>%n jobs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n jobs are still running:</source>
        <translation>
            <numerusform>%n job is still running:</numerusform>
            <numerusform>%n jobs are still running:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n calls</source>
        <translation>
            <numerusform>%n call</numerusform>
            <numerusform>%n calls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answers are there already and are only graded.</source>
        <translation>
            <numerusform>%n answer is there already and is only graded.</numerusform>
            <numerusform>%n answers are there already and are only graded.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A judge grades them: up to %n further calls, which the cap counts.</source>
        <translation>
            <numerusform>A judge grades them: up to %n further call, which the cap counts.</numerusform>
            <numerusform>A judge grades them: up to %n further calls, which the cap counts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>trained on %n rows</source>
        <translation>
            <numerusform>trained on %n row</numerusform>
            <numerusform>trained on %n rows</numerusform>
        </translation>
    </message>
</context>
</TS>
