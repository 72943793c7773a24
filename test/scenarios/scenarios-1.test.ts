import { testScenarios } from './scenarios';

testScenarios(0, 4);
