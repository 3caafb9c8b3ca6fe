// Empties the three folders that a program can write to.
#pragma once

namespace otmetka::sandbox::cell {

// Nothing of a run may be left for the next: false when a folder could not be emptied, and then the cell must not be used
// again. No process of the program may be alive. Takes time linear in the files, whose number the mount bounds.
bool wipe();

}  // namespace otmetka::sandbox::cell
