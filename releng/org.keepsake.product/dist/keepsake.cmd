@echo off
rem SPDX-FileCopyrightText: The Keepsake contributors
rem SPDX-License-Identifier: EPL-2.0
rem
rem Starts Keepsake: without arguments the window, with arguments the command line ("keepsake --help").
rem KEEPSAKE_JAVA_OPTIONS adds options for the Java virtual machine.
setlocal
set "INSTALL=%~dp0"
set "INSTALL=%INSTALL:~0,-1%"
set "WANTED=25"
set "FOUND="

if defined JAVA_HOME call :consider "%JAVA_HOME%"
for %%J in (java.exe) do if not "%%~$PATH:J"=="" call :consider "%%~dp$PATH:J.."
for /d %%D in ("%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Microsoft\jdk-*" "%ProgramFiles%\Zulu\*" "%USERPROFILE%\.jdks\*") do call :consider "%%~D"
if not defined FOUND goto missing

rem No parentheses from here on: a folder such as "Program Files (x86)" would close them.
set "OPTIONS=-XX:+UseSerialGC -Xlog:disable --enable-native-access=ALL-UNNAMED -Dslf4j.internal.verbosity=ERROR"
rem Java maps its classes from an archive: made with the installation, or at the end of the first run.
set "ARCHIVE=-XX:AOTCache=%INSTALL%\lib\keepsake.aot"
if exist "%INSTALL%\lib\keepsake.aot" goto archived
set "CACHE=%KEEPSAKE_HOME%"
if not defined CACHE set "CACHE=%APPDATA%\Keepsake"
if not exist "%CACHE%\cache" mkdir "%CACHE%\cache" 2>nul
set "OPTIONS=%OPTIONS% -XX:+AutoCreateSharedArchive"
set "ARCHIVE=-XX:SharedArchiveFile=%CACHE%\cache\classes.jsa"
:archived
set "CLASSES=%INSTALL%\lib\launcher.jar;%INSTALL%\lib\framework.jar"
set "LAUNCHER=org.keepsake.launcher.internal.Launcher"

set "KIND=short"
if "%~1"=="" set "KIND=window"
for %%C in (backup restore verify extract files data search diff report) do if "%~1"=="%%C" set "KIND=long"
for %%C in (virtual demo) do if "%~1"=="%%C" set "KIND=virtual"
if "%KIND%"=="window" set "OPTIONS=%OPTIONS% -Xmx512m"
if "%KIND%"=="long" set "OPTIONS=%OPTIONS% -Xms32m -Xmx192m -XX:MaxDirectMemorySize=48m -Djava.awt.headless=true"
if "%KIND%"=="virtual" set "OPTIONS=%OPTIONS% -Xmx768m -Djava.awt.headless=true"
if "%KIND%"=="short" set "OPTIONS=%OPTIONS% -XX:TieredStopAtLevel=1 -Xmx256m -Djava.awt.headless=true"

if "%KIND%"=="window" goto window
"%FOUND%\bin\java.exe" %OPTIONS% "%ARCHIVE%" %KEEPSAKE_JAVA_OPTIONS% -cp "%CLASSES%" %LAUNCHER% %*
exit /b %ERRORLEVEL%

:window
start "Keepsake" "%FOUND%\bin\javaw.exe" %OPTIONS% "%ARCHIVE%" %KEEPSAKE_JAVA_OPTIONS% -cp "%CLASSES%" %LAUNCHER%
exit /b 0

:missing
echo No Java %WANTED% was found: not in JAVA_HOME, on the PATH, or under "%ProgramFiles%". 1>&2
echo Install a JDK %WANTED%, for example: winget install EclipseAdoptium.Temurin.%WANTED%.JDK 1>&2
exit /b 1

:consider
if defined FOUND exit /b 0
if not exist "%~1\bin\java.exe" exit /b 0
if not exist "%~1\release" exit /b 0
for /f "usebackq tokens=2 delims==" %%V in (`findstr /b "JAVA_VERSION=" "%~1\release"`) do (
  for /f "tokens=1 delims=.+-" %%M in ("%%~V") do if %%M GEQ %WANTED% set "FOUND=%~1"
)
exit /b 0
